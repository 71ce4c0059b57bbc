import type { FcioConfig } from './fcio-config.js';
import { protocolBytes, protocolHeader, protocolName, smallArray, tags } from './fcio-protocol.js';

/** Clock readings and arrays that all event records share; every array has at most 10 numbers. */
export interface FcioEventHead {
  /** Event type; 1 for ordinary events. */
  readonly type?: number;
  readonly pulser?: number;
  readonly eventNumber: number;
  /** Seconds and 4 ns ticks of the FPGA clock. */
  readonly pps: number;
  readonly ticks: number;
  readonly maxTicks?: number;
  /** mu_offset_sec, mu_offset_usec, to_master_sec, delta_mu_usec, abs_delta_mu_usec, to_start_sec, to_start_usec. */
  readonly timeOffset?: readonly number[];
  /** start pps, ticks, stop pps, ticks, maxticks, first channel, channels. */
  readonly deadRegion?: readonly number[];
}

/** One trace of an event. */
export interface FcioTrace {
  /** Index of the trace; used by sparse events and event headers. */
  readonly index: number;
  /** Baseline and integrator words. */
  readonly words: readonly [number, number];
  /** Samples; left out in event headers. */
  readonly samples?: Uint16Array;
}

/** One card of a Status record; what is left out is 0. */
export interface FcioCard {
  /** 0 master, 0x1000 + i trigger, 0x2000 + i ADC, 0x4000 + i sub-master card. */
  readonly id: number;
  readonly eventNumber?: number;
  readonly pps?: number;
  readonly ticks?: number;
  /** total, environment, CTI, link. */
  readonly errors?: readonly number[];
  readonly otherErrors?: readonly number[];
  /** At most 16: five temperatures, six voltages, current, humidity, then ADC temperatures. */
  readonly environment?: readonly number[];
  /** At most 4. */
  readonly ctiLinks?: readonly number[];
  /** At most 256. */
  readonly linkStates?: readonly number[];
}

const cardBytes = 1180;

/** The protocol text that a file begins with. */
export function encodeProtocol(): Uint8Array {
  const bytes = new Uint8Array(4 + protocolBytes);
  new DataView(bytes.buffer).setInt32(0, protocolHeader, true);
  bytes.set(new TextEncoder().encode(protocolName), 4);
  return bytes;
}

/** A Config record. */
export function encodeConfig(config: FcioConfig): Uint8Array {
  const fields = [
    config.adcs,
    config.triggers,
    config.eventSamples,
    config.blPrecision,
    config.sumLength,
    config.adcBits,
    config.masterCards,
    config.triggerCards,
    config.adcCards,
    config.gps,
  ];
  const frames = fields.map((value) => int32s([value]));
  return encodeRecord(tags.config, [...frames, int32s(config.traceMap), int32s([config.streamId])]);
}

/** An Event record: all traces of the configuration, in order. Throws a RangeError when their number or size is wrong. */
export function encodeEvent(
  config: FcioConfig,
  head: FcioEventHead,
  traces: readonly FcioTrace[],
): Uint8Array {
  const count = config.adcs + config.triggers;
  if (traces.length !== count) throw new RangeError(`an event of this configuration has ${count} traces`);
  const all = new Uint8Array(traces.length * 2 * (config.eventSamples + 2));
  traces.forEach((trace, i) => all.set(traceFrame(config, trace), i * 2 * (config.eventSamples + 2)));
  const [type, pulser, offset, stamp, dead] = headFrames(head);
  return encodeRecord(tags.event, [type, pulser, offset, stamp, all, dead]);
}

/** A SparseEvent record: the traces given, in the order given. */
export function encodeSparseEvent(
  config: FcioConfig,
  head: FcioEventHead,
  traces: readonly FcioTrace[],
): Uint8Array {
  const list = uint16s(traces.map((trace) => trace.index));
  const frames = traces.map((trace) => traceFrame(config, trace));
  return encodeRecord(tags.sparseEvent, [...headFrames(head), int32s([traces.length]), list, ...frames]);
}

/** An EventHeader record: the words of the traces given, without samples. */
export function encodeEventHeader(head: FcioEventHead, traces: readonly FcioTrace[]): Uint8Array {
  const list = uint16s(traces.map((trace) => trace.index));
  return encodeRecord(tags.eventHeader, [
    ...headFrames(head),
    list,
    uint16s(traces.flatMap((trace) => trace.words)),
  ]);
}

/** A RecEvent record; `pulses` by ADC channel. */
export function encodeRecEvent(
  head: FcioEventHead,
  pulses: readonly (readonly {
    readonly flags: number;
    readonly amplitude: number;
    readonly time: number;
  }[])[],
): Uint8Array {
  const all = pulses.flat();
  return encodeRecord(tags.recEvent, [
    ...headFrames(head),
    int32s([all.length]),
    int32s(pulses.map((list) => list.length)),
    int32s(all.map((pulse) => pulse.flags)),
    float32s(all.map((pulse) => pulse.amplitude)),
    float32s(all.map((pulse) => pulse.time)),
  ]);
}

/** A Status record. `time`: fpga s, µs, unix s, µs, 0, start s, start µs. */
export function encodeStatus(ok: boolean, time: readonly number[], cards: readonly FcioCard[]): Uint8Array {
  const frames = cards.map(cardFrame);
  return encodeRecord(tags.status, [
    int32s([ok ? 1 : 0]),
    int32s(padded(time, smallArray)),
    int32s([cards.length]),
    int32s([cardBytes]),
    ...frames,
  ]);
}

type HeadFrames = [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];

function headFrames(head: FcioEventHead): HeadFrames {
  return [
    int32s([head.type ?? 1]),
    float32s([head.pulser ?? 0]),
    int32s(padded(head.timeOffset ?? [], smallArray)),
    int32s(padded([head.eventNumber, head.pps, head.ticks, head.maxTicks ?? 249_999_999], smallArray)),
    int32s(padded(head.deadRegion ?? [], smallArray)),
  ];
}

function traceFrame(config: FcioConfig, trace: FcioTrace): Uint8Array {
  const samples = trace.samples;
  if (samples?.length !== config.eventSamples) {
    const given = samples?.length ?? 0;
    throw new RangeError(`trace ${trace.index} has ${given} samples instead of ${config.eventSamples}`);
  }
  const bytes = new Uint8Array(2 * (samples.length + 2));
  bytes.set(uint16s(trace.words));
  bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), 4);
  return bytes;
}

function cardFrame(card: FcioCard): Uint8Array {
  const environment = card.environment ?? [];
  const ctiLinks = card.ctiLinks ?? [];
  const links = card.linkStates ?? [];
  const counts = [environment.length, ctiLinks.length, links.length, 0];
  return int32s([
    ...[card.id, 1, card.eventNumber ?? 0, card.pps ?? 0, card.ticks ?? 0, 249_999_999],
    ...counts,
    ...padded(card.errors ?? [], 4),
    ...padded(card.otherErrors ?? [], 5),
    ...padded(environment, 16),
    ...padded(ctiLinks, 4),
    ...padded(links, 256),
  ]);
}

/** A record of any tag from its frames, for records that have no encoder of their own. */
export function encodeRecord(tag: number, frames: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(4 + frames.reduce((sum, frame) => sum + 4 + frame.length, 0));
  const view = new DataView(bytes.buffer);
  view.setInt32(0, -tag, true);
  let at = 4;
  for (const frame of frames) {
    view.setInt32(at, frame.length, true);
    bytes.set(frame, at + 4);
    at += 4 + frame.length;
  }
  return bytes;
}

function int32s(values: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(values).buffer);
}

function uint16s(values: readonly number[]): Uint8Array {
  return new Uint8Array(Uint16Array.from(values).buffer);
}

function float32s(values: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

function padded(values: readonly number[], length: number): number[] {
  return Array.from({ length }, (_, i) => values[i] ?? 0);
}
