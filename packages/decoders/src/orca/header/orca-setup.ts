import { asDict, dictIn, listIn, numberIn, numberOf, type PlistDict, textIn } from './plist.js';

/** A FlashCam readout as the header describes it. */
export interface OrcaListener {
  /** Its number, the fcid of its rows. */
  readonly id: number;
  /** Samples per waveform as the header says, which the data may contradict. */
  readonly samples: number;
  /** True when the software trigger processor adds records. */
  readonly fsp: boolean;
  /** Its cards. */
  readonly cards: readonly { readonly crate: number; readonly card: number; readonly board: number }[];
  /** Keys of its enabled inputs: id · 1 000 000 + board · 100 + input. */
  readonly keys: readonly number[];
}

/** A card with the settings that decoders need, as lists of numbers (a single number is a list of one). */
export interface OrcaCard {
  readonly className: string;
  readonly crate: number;
  readonly card: number;
  readonly settings: Readonly<Record<string, readonly number[]>>;
}

/** What the decoders must know of a header; plain JSON. */
export interface OrcaSetup {
  readonly runNumber: number | null;
  /** Data id (see dataIdOf) and decoder name of every kind of packet. */
  readonly dataIds: readonly (readonly [number, string])[];
  readonly listeners: readonly OrcaListener[];
  readonly cards: readonly OrcaCard[];
}

const flashCamCards = ['ORFlashCamADCModel', 'ORFlashCamADCStdModel'];

/** Settings that some decoder looks at. */
const settingNames = [
  'CardAddress',
  'Enabled',
  'enabledMask',
  'internalTriggerEnabledMask',
  'externalTriggerEnabledMask',
  'FtCnt',
  'Mrpsrt',
  'Mrpsdv',
];

/** Takes what decoders need out of a header; what is missing there is empty. */
export function setupOf(header: PlistDict): OrcaSetup {
  const objects = dictIn(header, 'ObjectInfo');
  const cards = cardsOf(objects);
  const chain = listIn(objects, 'DataChain').map((entry) => dictIn(asDict(entry), 'Run Control'));
  const runNumber = chain.map((run) => numberIn(run, 'RunNumber')).find((number) => number !== undefined);
  return {
    runNumber: runNumber ?? null,
    dataIds: dataIdsOf(dictIn(header, 'dataDescription')),
    listeners: listenersOf(header, objects, cards),
    cards: cards.filter(({ className }) => !flashCamCards.includes(className)),
  };
}

/** Key of a channel of a crate: crate · 512 + card · 16 + channel. */
export function crateKey(crate: number, card: number, channel: number): number {
  return crate * 512 + (card & 31) * 16 + (channel & 15);
}

/** A setting of a channel: the entry of the list, or of a list shorter than that the last one; 0 without any. */
export function settingOf(card: OrcaCard | undefined, name: string, index: number): number {
  const values = card?.settings[name] ?? [];
  return values[Math.min(index, values.length - 1)] ?? 0;
}

function dataIdsOf(description: PlistDict): [number, string][] {
  return [...description.values()].flatMap((group) =>
    [...asDict(group).values()].flatMap((entry): [number, string][] => {
      const id = numberIn(asDict(entry), 'dataId');
      const decoder = textIn(asDict(entry), 'decoder');
      return id === undefined || decoder === undefined ? [] : [[id >>> 0, decoder]];
    }),
  );
}

function cardsOf(objects: PlistDict): OrcaCard[] {
  return listIn(objects, 'Crates').flatMap((entry) => {
    const crate = asDict(entry);
    return listIn(crate, 'Cards').map((value): OrcaCard => {
      const card = asDict(value);
      return {
        className: textIn(card, 'Class Name') ?? '',
        crate: numberIn(crate, 'CrateNumber') ?? 0,
        card: numberIn(card, 'Card') ?? 0,
        settings: settingsOf(card),
      };
    });
  });
}

function settingsOf(card: PlistDict): Record<string, number[]> {
  const settings: Record<string, number[]> = {};
  for (const name of settingNames) {
    const value = card.get(name);
    const values = Array.isArray(value) ? listIn(card, name) : [value];
    const numbers = values.map(numberOf);
    if (value !== undefined) settings[name] = numbers.map((number) => number ?? 0);
  }
  return settings;
}

function listenersOf(header: PlistDict, objects: PlistDict, cards: readonly OrcaCard[]): OrcaListener[] {
  const named = (entry: PlistDict): boolean =>
    [textIn(entry, 'name'), textIn(entry, 'Class Name')].includes('ORFlashCamListenerModel');
  const hardware = listIn(objects, 'AuxHw').map(asDict).filter(named);
  const readouts = listIn(header, 'ReadoutDescription').map(asDict).filter(named);
  return readouts.map((readout) => {
    const id = numberIn(readout, 'uniqueID') ?? 0;
    const settings = hardware.find((entry) => numberIn(entry, 'uniqueID') === id);
    const own = listIn(readout, 'children').flatMap((value) => {
      const [crate, station] = ['crate', 'station'].map((name) => numberIn(asDict(value), name));
      return cards.filter(
        (one) => one.crate === crate && one.card === station && flashCamCards.includes(one.className),
      );
    });
    const keys = own.flatMap((card) =>
      (card.settings['Enabled'] ?? []).flatMap((on, input) =>
        on === 0 ? [] : [id * 1_000_000 + settingOf(card, 'CardAddress', 0) * 100 + input],
      ),
    );
    return {
      id,
      samples: numberIn(settings, 'eventSamples') ?? 0,
      fsp: (numberIn(settings, 'fspEnabled') ?? 0) !== 0,
      cards: own.map((card) => ({
        crate: card.crate,
        card: card.card,
        board: settingOf(card, 'CardAddress', 0),
      })),
      keys,
    };
  });
}
