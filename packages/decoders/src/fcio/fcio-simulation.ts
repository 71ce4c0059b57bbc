import { gaussian, randomSource } from '../core/random.js';
import type { FcioConfig } from './fcio-config.js';
import {
  encodeConfig,
  encodeEvent,
  encodeProtocol,
  encodeSparseEvent,
  encodeStatus,
  type FcioEventHead,
  type FcioTrace,
} from './fcio-encoder.js';
import { tickNs } from './fcio-protocol.js';

/** One line of the simulated spectrum: height of its pulses, and how often it occurs compared with the others. */
export interface SimulatedLine {
  /** Pulse height, ADC counts. */
  readonly amplitude: number;
  readonly weight: number;
}

/** A simulated recording. Everything has a default; the same options give the same bytes. */
export interface FcioSimulation {
  readonly seed?: number;
  readonly events?: number;
  readonly channels?: number;
  readonly samples?: number;
  /** SparseEvent records with one to all channels instead of Event records. */
  readonly sparse?: boolean;
  /** A Status record after every so many events; 0: none. */
  readonly statusEvery?: number;
  readonly gps?: number;
  readonly adcBits?: 12 | 16;
  readonly streamId?: number;
  /** Unix time of the start, s. */
  readonly startTime?: number;
  /** Mean events per second; times between events are exponential. */
  readonly rateHz?: number;
  readonly baseline?: number;
  /** Standard deviation of the noise, ADC counts. */
  readonly noise?: number;
  /** First sample of the rise. */
  readonly riseSample?: number;
  /** Samples from 0 to full height. */
  readonly riseSamples?: number;
  /** Decay of the pulse, samples. */
  readonly decaySamples?: number;
  /** Lines besides a flat background; weights are relative to a background of 1. */
  readonly lines?: readonly SimulatedLine[];
  /** Height of the background's end, ADC counts. */
  readonly endpoint?: number;
  /** Dead time after every event, µs. */
  readonly deadTimeUs?: number;
}

const ticksPerSecond = 250_000_000;
const noiseTable = 65_536;

/** The configuration that a simulation writes. */
export function simulationConfig(options: FcioSimulation = {}): FcioConfig {
  const channels = options.channels ?? 4;
  return {
    adcs: channels,
    triggers: 0,
    eventSamples: options.samples ?? 1024,
    blPrecision: options.adcBits === 12 ? 16 : 1,
    sumLength: options.adcBits === 12 ? 128 : 1,
    adcBits: options.adcBits ?? 16,
    masterCards: 1,
    triggerCards: 0,
    adcCards: Math.ceil(channels / 6),
    gps: options.gps ?? 0,
    traceMap: Array.from({ length: channels }, (_, i) => ((0x200 + 16 * Math.floor(i / 6)) << 16) | (i % 6)),
    streamId: options.streamId ?? 0,
  };
}

/**
 * A valid FCIO recording of germanium-like pulses, record by record: fast linear rise, exponential decay, Gaussian
 * noise, heights from a flat background and lines.
 */
export function* simulateFcio(options: FcioSimulation = {}): Generator<Uint8Array> {
  const config = simulationConfig(options);
  const random = randomSource(options.seed ?? 1);
  const pulses = new PulseMaker(config.eventSamples, options, random);
  const start = options.startTime ?? 1_700_000_000;
  const rate = options.rateHz ?? 1000;
  const statusEvery = options.statusEvery ?? 0;
  const deadTicks = Math.round(((options.deadTimeUs ?? 0) * 1000) / tickNs);
  let ticks = 0;
  let last = 0;
  yield encodeProtocol();
  yield encodeConfig(config);
  for (let event = 0; event < (options.events ?? 100); event++) {
    ticks += deadTicks + 1 + Math.round((-Math.log(1 - random()) / rate) * ticksPerSecond);
    const head: FcioEventHead = {
      eventNumber: event,
      ...clock(ticks),
      timeOffset: [start, 250_000, start, 0, 0, 0, 0],
      deadRegion: event === 0 || deadTicks === 0 ? [] : region(last, last + deadTicks, config.adcs),
    };
    const traces = Array.from({ length: config.adcs }, (_, index): FcioTrace => pulses.trace(index, config));
    const first = Math.floor(random() * config.adcs);
    const some = traces.slice(first, first + 1 + Math.floor(random() * (config.adcs - first)));
    yield options.sparse ? encodeSparseEvent(config, head, some) : encodeEvent(config, head, traces);
    if (statusEvery > 0 && (event + 1) % statusEvery === 0) yield statusOf(event, ticks, start, config);
    last = ticks;
  }
}

class PulseMaker {
  private readonly shape: Float64Array;
  private readonly noise: Float64Array;
  private readonly total: number;

  constructor(
    samples: number,
    private readonly options: FcioSimulation,
    private readonly random: () => number,
  ) {
    const rise = options.riseSample ?? Math.floor(samples / 2);
    const length = Math.max(1, options.riseSamples ?? 12);
    const decay = options.decaySamples ?? 3000;
    this.shape = Float64Array.from({ length: samples }, (_, i) =>
      i < rise ? 0 : Math.min(1, (i - rise + 1) / length) * Math.exp(-(i - rise) / decay),
    );
    const sigma = options.noise ?? 4;
    this.noise = Float64Array.from({ length: noiseTable }, () => sigma * gaussian(random));
    this.total = 1 + (options.lines ?? []).reduce((sum, line) => sum + line.weight, 0);
  }

  trace(index: number, config: FcioConfig): FcioTrace {
    const { shape, noise } = this;
    const baseline = this.options.baseline ?? 8000;
    const height = this.height();
    const samples = new Uint16Array(shape.length);
    const phase = Math.floor(this.random() * noiseTable);
    const most = config.adcBits === 12 ? 4095 : 65_535;
    for (let i = 0; i < samples.length; i++) {
      const value = Math.round(baseline + height * shape[i]! + noise[(phase + i) & (noiseTable - 1)]!);
      samples[i] = value < 0 ? 0 : value > most ? most : value;
    }
    const word0 = Math.min(65_535, Math.round(baseline * config.blPrecision));
    const word1 =
      config.adcBits === 12
        ? (word0 + Math.round(height / 8)) & 0xffff
        : Math.min(65_535, Math.round(height));
    return { index, words: [word0, word1], samples };
  }

  private height(): number {
    let draw = this.random() * this.total;
    for (const line of this.options.lines ?? []) {
      draw -= line.weight;
      if (draw < 0) return line.amplitude;
    }
    return this.random() * (this.options.endpoint ?? 4000);
  }
}

function clock(ticks: number): { pps: number; ticks: number } {
  return { pps: Math.floor(ticks / ticksPerSecond), ticks: ticks % ticksPerSecond };
}

function region(from: number, to: number, channels: number): number[] {
  const [start, stop] = [clock(from), clock(to)];
  return [start.pps, start.ticks, stop.pps, stop.ticks, ticksPerSecond - 1, 0, channels];
}

function statusOf(event: number, ticks: number, start: number, config: FcioConfig): Uint8Array {
  const at = clock(ticks);
  const micro = Math.floor((at.ticks * tickNs) / 1000);
  const board = [33_000, 31_000, 32_000, 41_000, 37_000, 23_800, 4980, 3300, 2490, 1880, 1190, 760, 158];
  const ids = [0, ...Array.from({ length: config.adcCards }, (_, i) => 0x2000 + i)];
  const cards = ids.map((id) => ({
    id,
    eventNumber: event,
    ...at,
    environment: id === 0 ? board : [...board, 32_900, 29_100],
    ctiLinks: id === 0 ? [] : [1, 2],
    linkStates: Array.from({ length: 12 }, (_, i) => i),
  }));
  return encodeStatus(true, [at.pps, micro, start + at.pps, micro, 0, 0, 0], cards);
}
