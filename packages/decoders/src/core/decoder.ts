import type { ColumnSchema, DataObject, RecordBatch } from '@countroom/records';
import type { OutSpec } from '../out-spec/out-spec.js';
import type { SignalProcessor } from '../out-spec/process.js';
import type { IntegrityReport, IntegrityState } from './integrity.js';
import type { OpenGarbage } from './record-framer.js';
import type { TableLibraryState } from './table-library.js';

/** What rows of a decoder are sorted by: a channel number (FlashCam rawid, …) or a name such as `fcid_0/config`. */
export type Key = number | string;

/** Where a decoder stops by itself. Every limit is a whole number ≥ 0; without one there is no such limit. */
export interface DecodeLimits {
  /** Rows over all tables, in order of arrival; configuration tables do not count. */
  readonly rows?: number;
  /** Records after the one that opens the stream. */
  readonly packets?: number;
  /** Rows of each key; rows beyond it are left out, the others go on. */
  readonly rowsPerKey?: number;
  /**
   * Rows from this time on, and before that time, s: unix time where the format has it, otherwise time since the start
   * of the run. Either may be left out. Configuration and status tables are not concerned, nor are records without time.
   */
  readonly time?: { readonly from?: number; readonly to?: number };
}

/** How to decode. All of it is optional. */
export interface DecodeOptions {
  /** Which keys go to which table; default: one table per decoder, named after it. */
  readonly outSpec?: OutSpec;
  /** Values for `{name}` in the texts of the output specification. */
  readonly variables?: Readonly<Record<string, string | number>>;
  /** Values for `$NAME` in the texts of the output specification. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Runs the `dsp_config` of a group's `proc_spec`; without it such a step is refused. */
  readonly signals?: SignalProcessor;
  /** Most rows of a batch (default 8192). Must hold all rows that one record can give to a table. */
  readonly batchRows?: number;
  /** About the most bytes of a batch (default 8 MiB); lowered when many tables share `memoryBytes`. */
  readonly batchBytes?: number;
  /** About the most bytes held by all unfinished batches together (default 256 MiB). */
  readonly memoryBytes?: number;
  readonly limits?: DecodeLimits;
  /** Name of the input file: some formats keep the start time there only. */
  readonly inputName?: string;
  /** East of Greenwich, min: the zone of times in file names without one. Default: the zone of this process. */
  readonly utcOffsetMinutes?: number;
  /**
   * `reference` repeats known faults of the established decoders, so that results can be compared with theirs; each
   * format says which. Default `correct`.
   */
  readonly compatibility?: 'correct' | 'reference';
  /** Text of the settings file that belongs to the input, for formats that have one (CoMPASS: XML). */
  readonly settings?: string;
  /**
   * Also the times of events as 64-bit integers, in columns of their own (each format says which): a float64 of unix
   * seconds is exact to 0.2 µs only. Default: the columns of existing raw files alone.
   */
  readonly exactTimes?: boolean;
  /**
   * Bytes that are no record go to the table of the format's garbage decoder (`FCGarbageDecoder` …, key `garbage`), in
   * pieces as they come.
   */
  readonly keepGarbage?: boolean;
  /** Count the rows of every key, for `tables()`. */
  readonly countKeys?: boolean;
  /** Go on behind a checkpoint: the first byte pushed is the one at `resume.byteOffset`. */
  readonly resume?: Checkpoint;
}

/** Rows of one table. `batch.schema.name` is the table's path in the output. */
export interface DecodedBatch {
  /** File part of `out_stream`; empty with the default layout (the one output of the conversion). */
  readonly stream: string;
  /** Name of the decoder that made the rows, for example `FCEventDecoder`. */
  readonly decoder: string;
  readonly batch: RecordBatch;
  /** `compression` and `hdf5_settings` of the group's `proc_spec`, for whoever writes the batch. */
  readonly storage?: Readonly<Record<string, unknown>>;
}

/** Something that is no table and occurs once, such as the header of a file. */
export interface DecodedObject {
  /** As in DecodedBatch. */
  readonly stream: string;
  readonly decoder: string;
  /** Path of the object in the output. */
  readonly path: string;
  readonly object: DataObject;
}

/** One table as it is laid out, before or while it is filled. */
export interface TableDescription {
  readonly stream: string;
  readonly path: string;
  readonly decoder: string;
  readonly keys: readonly Key[];
  /** Its columns as they are written; before the first batch, as they are decoded. */
  readonly columns: readonly ColumnSchema[];
  /** Rows decoded into it so far. */
  readonly rows: number;
  /** Rows of each key so far, when `countKeys` is set. */
  readonly rowsOfKeys?: ReadonlyMap<Key, number>;
}

/**
 * A place between two records where decoding can go on later, in another process too: plain JSON. Valid for
 * the same input, format and options. Rows, limits and report go on as if nothing had happened.
 */
export interface Checkpoint {
  readonly format: string;
  /** Offset of the first byte that was not decoded. */
  readonly byteOffset: number;
  /** Number of the next record. */
  readonly packetId: number;
  /** What every format must remember. */
  readonly common: {
    readonly integrity: IntegrityState;
    readonly tables: TableLibraryState;
    readonly garbage: OpenGarbage | null;
  };
  /** What the format must remember (configuration, dead-time bookkeeping). */
  readonly state: unknown;
}

/**
 * A state machine from bytes to batches of rows. It never throws on bad bytes: they end up in the report.
 * It holds at most one unfinished record and the unfinished batches.
 */
export interface StreamDecoder {
  readonly format: string;
  /** True when a limit is reached: further bytes are ignored. */
  readonly done: boolean;
  /** Takes the next bytes (any size; not kept, so the caller may reuse the memory) and returns what got full. */
  push(chunk: Uint8Array): DecodedBatch[];
  /** The input is over: decodes what is left and returns all remaining rows. */
  finish(): DecodedBatch[];
  /** Header objects that were found since the last call. */
  objects(): DecodedObject[];
  /** Returns all rows so far and the place behind the last complete record. */
  flush(): { readonly batches: DecodedBatch[]; readonly checkpoint: Checkpoint };
  /** What was found in the bytes so far. */
  report(): IntegrityReport;
  /** Tables that have been laid out so far, for previews and progress. */
  tables(): readonly TableDescription[];
}

/** An input format: how to know it and how to read it. */
export interface FormatDefinition {
  /** Stable short name: `fcio`, `orca`, `compass`, `llama` … */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** Names of its decoders, as they stand in output specifications. */
  readonly decoders: readonly string[];
  /**
   * True when a file that begins with these bytes (at least 64 of them, or the whole file) is of this format. Formats
   * without a signature need two records to be known by.
   */
  detect(first: Uint8Array): boolean;
  /** A decoder at the beginning of the input (or at `options.resume`). Throws DecodeError on bad options. */
  open(options?: DecodeOptions): StreamDecoder;
}
