import { maxChannels, maxSamples } from './fcio-protocol.js';
import type { FrameSource } from './fcio-scanner.js';

/** Readout configuration of a stream (Config record). Counts are per event. */
export interface FcioConfig {
  readonly adcs: number;
  readonly triggers: number;
  /** Samples per trace. */
  readonly eventSamples: number;
  /** Scale of the baseline word. */
  readonly blPrecision: number;
  /** Samples of the 12-bit energy sum. */
  readonly sumLength: number;
  /** 16: 62.5 MHz; 12: 250 MHz. */
  readonly adcBits: number;
  readonly masterCards: number;
  readonly triggerCards: number;
  readonly adcCards: number;
  /** Not 0: times are disciplined by an external clock (largest allowed drift, µs). */
  readonly gps: number;
  /** address · 65536 + input of every trace, ADC traces first; zeros in old files. */
  readonly traceMap: readonly number[];
  readonly streamId: number;
}

/** Traces of a full event: ADC and trigger channels. */
export function traceCount(config: FcioConfig): number {
  return config.adcs + config.triggers;
}

/** Sampling period, ns. */
export function samplePeriodNs(config: FcioConfig): number {
  return config.adcBits === 12 ? 4 : 16;
}

/** Number of the readout among several, the low half of the stream id. */
export function fcidOf(config: FcioConfig): number {
  return config.streamId & 0xffff;
}

/** Board address of a trace. */
export function boardOf(config: FcioConfig, trace: number): number {
  return (config.traceMap[trace] ?? 0) >>> 16;
}

/** Input on its board of a trace. */
export function inputOf(config: FcioConfig, trace: number): number {
  return (config.traceMap[trace] ?? 0) & 0xffff;
}

/** Key of a trace: fcid · 1 000 000 + board · 100 + input. */
export function rawIdOf(config: FcioConfig, trace: number): number {
  return fcidOf(config) * 1_000_000 + boardOf(config, trace) * 100 + inputOf(config, trace);
}

/** Reads a Config record; returns what is wrong with it as a text when it cannot be. */
export function readConfig(record: FrameSource): FcioConfig | string {
  const [adcs, triggers, eventSamples, blPrecision, sumLength, adcBits] = [0, 1, 2, 3, 4, 5].map((frame) =>
    record.int32(frame),
  ) as [number, number, number, number, number, number];
  const traces = adcs + triggers;
  if (adcs < 0 || triggers < 0 || traces > maxChannels) {
    return `${adcs} + ${triggers} channels: at most ${maxChannels} are possible`;
  }
  if (eventSamples < 0 || eventSamples > maxSamples) {
    return `${eventSamples} samples per trace: at most ${maxSamples} are possible`;
  }
  return {
    adcs,
    triggers,
    eventSamples,
    blPrecision,
    sumLength,
    adcBits,
    masterCards: record.int32(6),
    triggerCards: record.int32(7),
    adcCards: record.int32(8),
    gps: record.int32(9),
    traceMap: Array.from({ length: traces }, (_, trace) => record.int32(10, trace) >>> 0),
    streamId: record.int32(11),
  };
}
