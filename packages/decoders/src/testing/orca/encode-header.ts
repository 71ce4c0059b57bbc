import type { PlistInput } from './encode-container.js';

const kinds = [
  ['ORRunModel', 'Run', 'ORRunDecoderForRun'],
  ['ORFlashCamListenerModel', 'FlashCamConfig', 'ORFlashCamListenerConfigDecoder'],
  ['ORFlashCamListenerModel', 'FlashCamListenerStatus', 'ORFlashCamListenerStatusDecoder'],
  ['ORFlashCamADCModel', 'FlashCamADC', 'ORFlashCamADCWaveformDecoder'],
  ['ORFlashCamADCModel', 'FlashCam', 'ORFlashCamWaveformDecoder'],
  ['ORFlashCamListenerModel', 'FCIOConfig', 'ORFCIOConfigDecoder'],
  ['ORFlashCamListenerModel', 'FlashCamEvent', 'ORFCIOEventDecoder'],
  ['ORFlashCamListenerModel', 'FlashCamEventHeader', 'ORFCIOEventHeaderDecoder'],
  ['ORFlashCamListenerModel', 'FlashCamStatus', 'ORFCIOStatusDecoder'],
  ['ORSIS3302Model', 'Energy', 'ORSIS3302DecoderForEnergy'],
  ['ORSIS3316Model', 'Waveform', 'ORSIS3316WaveformDecoder'],
  ['ORGretina4MModel', 'Gretina4M', 'ORGretina4MWaveformDecoder'],
  ['ORMJDPreAmpModel', 'Adc', 'ORMJDPreAmpDecoderForAdc'],
  ['ORiSegHVCard', 'HV', 'ORiSegHVCardDecoderForHV'],
  ['ORCAScript', 'Record', 'ORScriptDecoderForRecord'],
] as const;

/** Decoder names that the example headers know. */
export type OrcaExampleDecoder = (typeof kinds)[number][2];

/** Data id of a decoder in the example headers. */
export function exampleId(decoder: OrcaExampleDecoder): number {
  return (kinds.findIndex((kind) => kind[2] === decoder) + 1) * 2 ** 18;
}

/** Data id of short packets in the example headers. */
export const exampleShortId = 0xa4000000;

/** A FlashCam readout of an example header. */
export interface ExampleListener {
  readonly id: number;
  readonly samples: number;
  readonly fsp?: boolean;
  /** Cards of crate 0, in slots from `firstSlot` on: addresses, each with as many inputs. */
  readonly firstSlot?: number;
  readonly boards: readonly number[];
  readonly inputs: number;
}

/** What an example header holds. */
export interface ExampleHeader {
  readonly listeners?: readonly ExampleListener[];
  /** Further cards, by crate. */
  readonly crates?: Readonly<Record<number, readonly PlistInput[]>>;
  /** Kinds that are described; default: all. */
  readonly decoders?: readonly OrcaExampleDecoder[];
}

/** The property list of a header. */
export function exampleHeader(options: ExampleHeader = {}): PlistInput {
  const { listeners = [], crates = {}, decoders } = options;
  const description: Record<string, Record<string, PlistInput>> = {
    ORShortModel: { Short: entry(exampleShortId | 0, 'ORShortDecoder', 1, false) },
  };
  for (const [object, name, decoder] of kinds) {
    if (decoders?.includes(decoder) === false) continue;
    (description[object] ??= {})[name] = entry(exampleId(decoder), decoder, -1, true);
  }
  const slots = (listener: ExampleListener): [number, number][] =>
    listener.boards.map((board, index) => [(listener.firstSlot ?? 0) + index, board]);
  const cards = listeners.flatMap((listener) =>
    slots(listener).map(([slot, board]) => ({
      'Class Name': 'ORFlashCamADCModel',
      Card: BigInt(slot),
      CardAddress: BigInt(board),
      Enabled: Array.from({ length: listener.inputs }, () => true),
    })),
  );
  const all: Record<number, readonly PlistInput[]> = { ...crates, 0: [...cards, ...(crates[0] ?? [])] };
  return {
    'Document Info': { OrcaVersion: 'example', dataVersion: 3n, note: 'µ & <plist>' },
    ObjectInfo: {
      AuxHw: listeners.map(({ id, samples, fsp }) => ({
        'Class Name': 'ORFlashCamListenerModel',
        uniqueID: BigInt(id),
        eventSamples: BigInt(samples),
        fspEnabled: fsp ?? false,
      })),
      Crates: Object.entries(all).map(([crate, list]) => ({ CrateNumber: BigInt(crate), Cards: list })),
      DataChain: [{ 'Run Control': { RunNumber: 1280n, refTime: 674679424 } }],
    },
    ReadoutDescription: listeners.map((listener) => ({
      name: 'ORFlashCamListenerModel',
      uniqueID: BigInt(listener.id),
      children: slots(listener).map(([slot]) => ({
        crate: 0n,
        station: BigInt(slot),
        name: 'ORFlashCamADCModel',
      })),
    })),
    dataDescription: description,
  };
}

function entry(dataId: number, decoder: string, length: number, variable: boolean): PlistInput {
  return { dataId: BigInt(dataId), decoder, length: BigInt(length), variable };
}
