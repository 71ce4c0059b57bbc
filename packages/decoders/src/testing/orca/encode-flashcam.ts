import type { FcioConfig } from '../../fcio/fcio-config.js';
import { encodeConfig, encodeProtocol, type FcioEventHead } from '../../fcio/fcio-encoder.js';
import { concatenate } from '../corrupt.js';
import { encodeExtended, encodeLong, sampleWords } from './encode-container.js';
import { exampleId, type OrcaExampleDecoder } from './encode-header.js';

/** A run record: start, stop and the like as bits 0 to 5. */
export function encodeRun(bits: number, run: number, time: number, subrun = 0): Uint8Array {
  return encodeLong(exampleId('ORRunDecoderForRun'), [subrun * 65_536 + bits, run, time]);
}

/** What a configuration packet of the older form holds besides the configuration. */
export interface ListenerCards {
  readonly revisions: readonly number[];
  readonly uids: readonly bigint[];
  /** Entries of the trace map; default: one per trace. */
  readonly mapWords?: number;
}

/** A configuration in the older form. The number of the readout is the stream id. */
export function encodeListenerConfig(config: FcioConfig, cards?: ListenerCards): Uint8Array {
  const map = Array.from(
    { length: cards?.mapWords ?? config.traceMap.length },
    (_, i) => config.traceMap[i] ?? 0,
  );
  const revisions = Array.from({ length: Math.ceil((cards?.revisions.length ?? 0) / 4) }, (_, word) =>
    [0, 1, 2, 3].reduce((sum, k) => sum + (cards!.revisions[4 * word + k] ?? 0) * 256 ** k, 0),
  );
  const uids = (cards?.uids ?? []).flatMap((uid) => [Number(uid >> 32n), Number(uid & 0xffffffffn)]);
  return encodeLong(exampleId('ORFlashCamListenerConfigDecoder'), [
    7 * 65_536 + (config.streamId & 0xffff),
    ...[config.streamId, config.adcs, config.triggers, config.eventSamples, config.adcBits],
    ...[config.sumLength, config.blPrecision, config.masterCards, config.triggerCards, config.adcCards],
    config.gps,
    ...map,
    ...revisions,
    ...uids,
  ]);
}

/** One trace in the older form. */
export interface FlashCamTrace {
  readonly head: FcioEventHead;
  readonly crate?: number;
  readonly slot: number;
  readonly board: number;
  readonly input: number;
  readonly trace: number;
  readonly words: readonly [baseline: number, energy: number];
  readonly samples: ArrayLike<number>;
}

/** A waveform packet in the older form; `adc`: with 4 bits for the input and 10 for the trace, else 5 and 9. */
export function encodeFlashCamTrace(given: FlashCamTrace, adc = true): Uint8Array {
  const { head, words, samples } = given;
  const place =
    (given.crate ?? 0) * 2 ** 27 +
    given.slot * 2 ** 22 +
    (given.board >> 4) * 2 ** 14 +
    given.input * 2 ** (adc ? 10 : 9) +
    given.trace;
  const list = (values: readonly number[] | undefined, length: number): number[] =>
    Array.from({ length }, (_, i) => values?.[i] ?? 0);
  const decoder: OrcaExampleDecoder = adc ? 'ORFlashCamADCWaveformDecoder' : 'ORFlashCamWaveformDecoder';
  return encodeLong(exampleId(decoder), [
    3 * 2 ** 28 + 17 * 2 ** 22 + samples.length * 2 ** 6 + (head.type ?? 1),
    place,
    ...list(head.timeOffset, 7),
    ...list(head.deadRegion, 5),
    ...[head.eventNumber, head.pps, head.ticks, head.maxTicks ?? 249_999_999],
    words[0] + words[1] * 65_536,
    ...sampleWords(samples),
  ]);
}

/** A status packet in the older form; each card is its words. `time`: FPGA s, µs, server s, µs, 0, start s, µs. */
export function encodeListenerStatus(
  fcid: number,
  status: number,
  time: readonly number[],
  cards: readonly (readonly number[])[],
): Uint8Array {
  const words = cards[0]?.length ?? 0;
  const times = Array.from({ length: 10 }, (_, i) => time[i] ?? 0);
  return encodeLong(exampleId('ORFlashCamListenerStatusDecoder'), [
    65_536 + fcid,
    status,
    ...times,
    cards.length,
    4 * words,
    ...cards.flat(),
  ]);
}

/** A packet that holds FCIO records of a readout. */
export function encodeFcioPacket(
  decoder: OrcaExampleDecoder,
  listener: number,
  records: readonly Uint8Array[],
): Uint8Array {
  const bytes = concatenate(records);
  const padded = new Uint8Array(4 * Math.ceil(bytes.length / 4));
  padded.set(bytes);
  return encodeExtended(exampleId(decoder), [65_536 + listener, ...new Uint32Array(padded.buffer)]);
}

/** The configuration packet of a readout; `before` are records in front of the Config record. */
export function encodeFcioConfigPacket(config: FcioConfig, before: readonly Uint8Array[] = []): Uint8Array {
  const records = [encodeProtocol(), ...before, encodeConfig(config)];
  return encodeFcioPacket('ORFCIOConfigDecoder', config.streamId & 0xffff, records);
}
