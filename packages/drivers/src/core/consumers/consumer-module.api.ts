import type { HistogramDescriptor, LiveHistogram } from '@countroom/pulses';

/** One channel of an event. */
export interface EventChannel {
  /** Number of the channel, and its name on the device. */
  readonly channel: number;
  readonly label: string;
  /**
   * Samples as the device gave them; valid until `event` returns (copy what you keep). Sensors give their values, in the
   * unit of the channel; NaN without one.
   */
  readonly counts: Int16Array | Uint16Array | Float64Array;
  /** volts = counts × voltsPerCount + voltsOffset; 1 and 0 when the device does not say. */
  readonly voltsPerCount: number;
  readonly voltsOffset: number;
}

/** One triggered record of all channels that a consumer asked for. */
export interface ConsumerEvent {
  /** Number of the event in its source, from 1. */
  readonly number: bigint;
  /** Time of the trigger since the run began (device clock), and unix time at which the host had it, ns. */
  readonly deviceTimeNs: bigint;
  readonly hostTimeNs: bigint;
  /** Live time since the event before, ns. */
  readonly liveNs: bigint;
  /** Dead time of the device, and time in which the buffer had no room, since the event before, ns; 0 when the device does not say. */
  readonly deadNs: bigint;
  readonly bufferNs: bigint;
  /** Bits as the driver defines them (overflow, auto-trigger, gap before …). */
  readonly flags: number;
  /** Time between samples, and time of the first sample relative to the trigger (usually negative), ns. */
  readonly dtNs: number;
  readonly t0Ns: number;
  readonly channels: readonly EventChannel[];
  /** Samples of the i-th channel in volts; the array is used again for the next event. */
  volts(index: number): Float64Array;
}

/** A consumer of events, made for one run. */
export interface EventConsumer {
  /**
   * Looks at an event. Answer true to keep it: its raw records go on to the consumer's output, where other consumers
   * and the disk can take them. Events come in order; the next one comes when this one is done.
   */
  event(event: ConsumerEvent): boolean | undefined | Promise<boolean | undefined>;
  /** The run is over: write what is left. */
  end?(): void | Promise<void>;
}

/** Lines of a text file. */
export interface LineFile {
  write(line: string): void;
}

/** What a consumer is given when it is made. */
export interface ConsumerContext {
  /** Name in the configuration, and what was configured under `config`. */
  readonly name: string;
  readonly config: unknown;
  /** Channels in the order in which events have them, with the one that triggers marked. */
  readonly channels: readonly ConsumerChannel[];
  /** Facts of the device as it told them before the run. */
  readonly device: Readonly<Record<string, string | number | boolean>>;
  /** Which of several threads that share the work this is, from 0, and of how many. */
  readonly thread: number;
  readonly threads: number;
  log(level: 'info' | 'warn' | 'error', message: string): void;
  /** Adds to a counter that is shown beside the consumer. */
  count(name: string, by?: number): void;
  /** Sets a number that is shown beside the consumer. */
  value(name: string, value: number): void;
  /** A histogram that is shown live; the same name gives the same one. */
  histogram(name: string, axis: HistogramDescriptor): LiveHistogram;
  /** A text file in the consumer's folder; plain names only. Throws DriverError `consumer` for other names. */
  lines(fileName: string): LineFile;
}

/** A channel as a consumer knows it before the first event. */
export interface ConsumerChannel {
  readonly channel: number;
  readonly label: string;
  readonly triggers: boolean;
  readonly levelVolts: number | undefined;
  readonly samples: number;
  /** Unit of the values: V where the device says what a count is, else that of its samples; empty for pure numbers. */
  readonly unit: string;
}

/** What a module exports as `createConsumer`, or by default. */
export type CreateConsumer = (context: ConsumerContext) => EventConsumer | Promise<EventConsumer>;
