/** Families of PicoScope drivers: one shared library each. */
export const familyNames = ['2000', '2000a', '3000a', '4000', '4000a'] as const;

/** Name of a driver family, as in `libps<family>`. */
export type FamilyName = (typeof familyNames)[number];

/** Half spans of the input ranges by their code in the interface, V. */
export const rangeVolts: readonly number[] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200];

/** What all units of a family share. */
export interface FamilyFacts {
  readonly family: FamilyName;
  /** Letters of the channels that a unit of the family can have at most. */
  readonly channels: string;
  /** Trigger inputs beside the channels. */
  readonly triggerInputs: readonly ('external' | 'aux')[];
  /** Full scale in counts while no device was asked. */
  readonly fullScale: number;
  /** True for devices of eight bits, whose reference binding used another full scale (32764). */
  readonly legacyScale: boolean;
  /** Largest range code of the interface. */
  readonly widestRange: number;
  /** A voltage can be added before digitising. */
  readonly offset: boolean;
  /** Memory can be cut into segments, and many captures taken per arming. */
  readonly rapidBlock: boolean;
  /** Samples before the trigger are kept. */
  readonly preTrigger: boolean;
  /** Trigger conditions over several channels. */
  readonly logicTrigger: boolean;
  /** The generator makes arbitrary waveforms. */
  readonly arbitraryWaves: boolean;
  /** Every capture of a rapid block carries a count of the sample clock. */
  readonly captureTimes: boolean;
}

const aFamily = {
  triggerInputs: ['external', 'aux'],
  offset: true,
  rapidBlock: true,
  preTrigger: true,
  logicTrigger: true,
  arbitraryWaves: true,
} as const;

/** Facts by family. */
export const families: Readonly<Record<FamilyName, FamilyFacts>> = {
  '2000': {
    family: '2000',
    channels: 'ABCD',
    triggerInputs: ['external'],
    fullScale: 32_767,
    legacyScale: false,
    widestRange: 10,
    offset: false,
    rapidBlock: false,
    preTrigger: false,
    logicTrigger: false,
    arbitraryWaves: false,
    captureTimes: false,
  },
  '2000a': {
    ...aFamily,
    family: '2000a',
    channels: 'ABCD',
    fullScale: 32_512,
    legacyScale: true,
    widestRange: 10,
    captureTimes: false,
  },
  '3000a': {
    ...aFamily,
    family: '3000a',
    channels: 'ABCD',
    fullScale: 32_512,
    legacyScale: true,
    widestRange: 10,
    captureTimes: true,
  },
  '4000': {
    ...aFamily,
    family: '4000',
    channels: 'ABCD',
    fullScale: 32_764,
    legacyScale: false,
    widestRange: 12,
    offset: false,
    arbitraryWaves: false,
    captureTimes: false,
  },
  '4000a': {
    ...aFamily,
    family: '4000a',
    channels: 'ABCDEFGH',
    fullScale: 32_764,
    legacyScale: false,
    widestRange: 13,
    captureTimes: false,
  },
};
