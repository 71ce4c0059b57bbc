import type { EtsConfig } from '../settings/ets.config.js';
import type { FamilyName } from '../settings/families.js';
import { type GeneratorConfig, waveShapes } from '../settings/generator.config.js';
import type { TriggerConfig, TriggerDirection } from '../settings/trigger.config.js';

/** Codes of threshold directions, all families but the oldest in its simple trigger. */
export const directionCodes: Readonly<Record<TriggerDirection, number>> = {
  above: 0,
  below: 1,
  rising: 2,
  falling: 3,
  'rising-or-falling': 4,
};

/** Codes of pulse width types; a drop-out is a pulse that is longer and has not ended. */
export const widthCodes: Readonly<Record<TriggerConfig['pulse']['width'], number>> = {
  shorter: 1,
  longer: 2,
  inside: 3,
  outside: 4,
  'drop-out': 2,
};

/** Codes of equivalent-time sampling. */
export const etsCodes: Readonly<Record<EtsConfig['mode'], number>> = { off: 0, fast: 1, slow: 2 };

/** Codes of sweep directions. */
export const sweepCodes: Readonly<Record<GeneratorConfig['sweep'], number>> = {
  up: 0,
  down: 1,
  'up-down': 2,
  'down-up': 3,
};

const oldWaves = [
  'sine',
  'square',
  'triangle',
  'ramp-up',
  'ramp-down',
  'dc',
  'gaussian',
  'sinc',
  'half-sine',
];

/** Code of a wave shape; white noise is no shape but an operation everywhere but in the family 4000a. */
export function waveCode(family: FamilyName, shape: GeneratorConfig['shape']): number {
  if (family === '2000') return Math.max(0, oldWaves.indexOf(shape));
  if (shape === 'white-noise') return family === '4000a' ? 9 : 0;
  return waveShapes.indexOf(shape);
}

/** Codes of the trigger inputs beside the channels. */
export function inputCode(family: FamilyName, input: string): number {
  const external = family === '4000a' ? 8 : 4;
  return input === 'aux' ? external + 1 : external;
}

/** Codes that all families share. */
export const codes = {
  ratioNone: 0,
  picoseconds: 1,
  nanoseconds: 2,
  stateTrue: 1,
  conditionClear: 1,
  conditionAdd: 2,
  noneSource: 5,
  /** Whether a generator runs for ever. */
  continuous: 0xff_ff_ff_ff,
} as const;

/** Lines of GetUnitInfo. */
export const infoLine = {
  driver: 0,
  usb: 1,
  hardware: 2,
  variant: 3,
  serial: 4,
  calibration: 5,
  firmware: 9,
} as const;

/** Nanoseconds of the units of time: fs, ps, ns, us, ms, s. */
export const unitNs: readonly number[] = [1e-6, 1e-3, 1, 1e3, 1e6, 1e9];
