import type { ColumnData, TableSchema } from '@countroom/records';
import type { HostClock } from './clock.js';
import type { SignalValue } from './signal.js';
import type { TimeAccountFacts } from './time-account.js';

/**
 * State of one source (a driver instance in its thread).
 * idle -> prepared -> taking <-> paused -> draining -> idle; any -> fault.
 */
export type SourceState = 'idle' | 'prepared' | 'taking' | 'paused' | 'draining' | 'fault';

/** Why a device is not armed. `buffer` = the ring has no room, so the device is not re-armed. */
export type DisarmReason = 'paused' | 'buffer' | 'stopping';

/** What a driver is told of a run before it starts; facts are written into files as they are. */
export interface RunContext {
  /** UUID of the run. */
  readonly runId: string;
  /** Number of the run within its detector, when there is one. */
  readonly runNumber?: number;
  readonly detector: string;
  /** Anything else worth keeping with the data: mode, user, comment, configuration hash. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/** Surroundings of a driver in its thread. */
export interface DriverContext {
  readonly source: string;
  readonly clock: HostClock;
  /** A line for the log of the source. */
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string): void;
}

/** Rows being collected for one table. A driver writes into `columns` at row `rows` and then calls `advance`. */
export interface RowWriter {
  readonly schema: TableSchema;
  /** One entry per schema column; fixed-shape columns have room for `capacity` rows. */
  readonly columns: readonly ColumnData[];
  /** Rows written and not yet handed on. */
  readonly rows: number;
  /** Rows that fit before the batch closes. */
  readonly capacity: number;
  /** True when a row may be written now: there is room here, or the full batch found room in the ring. */
  ready(): boolean;
  /** The vector of a variable-length column for the row being written; once per row, before `advance` (empty when not called). */
  setVector(columnIndex: number, values: ArrayLike<number> | ArrayLike<bigint>): void;
  /** The row is complete. Closes the batch at its limit. Throws DriverError `ring` when not `ready`. */
  advance(): void;
}

/** Where a driver puts its data. */
export interface BatchSink {
  /** Writer of a table by its place in the prepared list. Throws a RangeError for an unknown place. */
  writer(tableIndex: number): RowWriter;
  /** True when some table is full and the ring has no room: stop and return from `acquire`. */
  readonly blocked: boolean;
  /** A line of text in order with the data; ends up in `run/info`. */
  info(text: string): void;
}

/** How one acquisition cycle ended. */
export type AcquireResult =
  /** More data is waiting: call again at once. */
  | { readonly kind: 'more' }
  /** Nothing to read before `waitMs` (0..20). */
  | { readonly kind: 'idle'; readonly waitMs: number }
  /** Disarmed, and everything that the device still held was delivered. */
  | { readonly kind: 'drained' }
  /** The device has no more data for this run by itself (end of a replayed file, event limit). */
  | { readonly kind: 'ended'; readonly reason: string };

/** Counters of one table (channel); exact, from the start of the run. */
export interface TableCounters {
  readonly table: string;
  /** Times that the device's trigger fired while armed. */
  readonly triggers: bigint;
  /** Rows handed to the sink. */
  readonly recorded: bigint;
  /** Triggers seen but lost (busy, overrun); triggers = recorded + dropped. */
  readonly dropped: bigint;
}

/** Counters of a driver since the start of the run. */
export interface DriverCounters {
  /** Sums over the tables. */
  readonly triggers: bigint;
  readonly recorded: bigint;
  readonly dropped: bigint;
  /** Run time = live + dead parts + paused, in the device's clock, ns. */
  readonly time: TimeAccountFacts;
  readonly tables: readonly TableCounters[];
}

/** One channel with waveforms, for monitors. */
export interface ChannelFacts {
  readonly channel: number;
  /** Path of its table. */
  readonly table: string;
  /** Energy per ADC count; absent when not known: energies are then in adc. */
  readonly keVPerAdc?: number;
  /** Decay constant of the preamplifier, ns; absent when not known. */
  readonly decayNs?: number;
  /** Name on the device (`A`, `B` …); absent: the channel's number. */
  readonly label?: string;
  /** Volts of one ADC count, and what is added: volts = counts × voltsPerCount + voltsOffset. Absent when not known. */
  readonly voltsPerCount?: number;
  readonly voltsOffset?: number;
  /** Lowest and highest value that the channel can measure, in V or in the unit of its samples; absent when not known. */
  readonly rangeVolts?: readonly [low: number, high: number];
  /** This channel triggers; level in volts, absent when not known. */
  readonly trigger?: { readonly levelVolts?: number; readonly direction?: string };
}

/** What `prepare` finds out. */
export interface Prepared {
  /** Tables that the run will produce, complete; their order gives the schema ids. */
  readonly tables: readonly TableSchema[];
  /** Those of the tables that are channels with waveforms. */
  readonly channels: readonly ChannelFacts[];
  /** Rows, each in a table of its own, that one event makes; absent: 1. Counters count rows, a run counts events. */
  readonly rowsPerEvent?: number;
  /**
   * The columns livetime, deadtime and bufferwait (ns) of each table, summed over its rows, are the time of the run up to
   * the last row without pauses, and hosttime is when that row came. Absent: rows do not tell.
   */
  readonly timeInRows?: boolean;
  /** Facts of the device worth keeping with the run: model, serial, firmware, resolved sampling. */
  readonly device: Readonly<Record<string, string | number | boolean>>;
}

/**
 * A device being driven; lives in a thread of its own, is called by the runner only, one call at a time. Any
 * method may throw: the source then goes to `fault` with that message.
 */
export interface Driver {
  /** Sets the device up for a run; nothing is produced yet. May be called again after a run. */
  prepare(run: RunContext): Promise<Prepared>;
  /** Lets the device take data: the first call begins the run, later ones end a pause or a full buffer. */
  arm(): Promise<void>;
  /**
   * One cycle: writes what has arrived into the sink, for at most about 10 ms, and returns. Must return when
   * `sink.blocked`. After `disarm('stopping')` it delivers the rest and answers `drained`.
   */
  acquire(sink: BatchSink): Promise<AcquireResult>;
  /** Keeps the device from taking data, for a reason that the dead time is booked under. */
  disarm(reason: DisarmReason): Promise<void>;
  /** Counters since the run began; callable at any time. */
  counters(): DriverCounters;
  /** Value of a readback or setting, null when there is none. */
  readSignal(name: string): Promise<SignalValue | null>;
  /** Sets a setting; the value was checked against the definition. Resolves when the device took it. */
  writeSignal(name: string, value: SignalValue): Promise<void>;
  /** Why no data can be taken while the driver waits for its device; undefined while all is well. Callable at any time. */
  waitsBecause?(): string | undefined;
  /** Releases the device. No call follows. */
  close(): Promise<void>;
}
