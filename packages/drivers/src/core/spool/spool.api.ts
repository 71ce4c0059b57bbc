import type { TableSchema } from '@countroom/records';
import type { ClockAnchor } from '../clock.js';
import type { RunContext } from '../driver.js';

/** First thing in every segment: enough to read it with nothing else at hand. */
export interface SpoolHeader {
  /** Version of the format, now 1. */
  readonly version: number;
  /** Byte order of all numbers; always `little`. */
  readonly endianness: 'little';
  readonly source: string;
  /** Number of the segment within the source's run, from 0. */
  readonly segment: number;
  /** Sequence of the first batch in the segment. */
  readonly firstSequence: bigint;
  /** Clock anchors known when the segment was begun; the first is the run's. */
  readonly anchors: readonly ClockAnchor[];
  /** Complete schemas; index = schema id of the frames. */
  readonly schemas: readonly TableSchema[];
  readonly run: RunContext;
  /** Rows that one event makes; absent: 1. */
  readonly rowsPerEvent?: number;
  /** The rows tell the time of the run, see `Prepared`; absent: they do not. */
  readonly timeInRows?: boolean;
  readonly device: Readonly<Record<string, string | number | boolean>>;
}

/** How a spool writes. */
export interface SpoolOptions {
  /** Folder of the segments; made when missing. */
  readonly folder: string;
  /** Name of the files before `.<segment>.spool`: letters, digits, `-`, `_`. */
  readonly name: string;
  /** A segment is closed at this many bytes (default 1 GiB) … */
  readonly segmentBytes?: number;
  /** … or at this age in ms (default 10 min). */
  readonly segmentMs?: number;
  /** Data is made durable at the latest after this many ms (default 200) … */
  readonly syncMs?: number;
  /** … or bytes (default 64 MiB). */
  readonly syncBytes?: number;
  /** Free bytes on the disk below which writing stops (default 256 MiB). */
  readonly minFreeBytes?: number;
}

/** Progress of a spool, in rows, batches and bytes. recorded >= written >= durable. */
export interface SpoolCounters {
  /** In the ring. */
  readonly recordedRows: bigint;
  /** `write` returned. */
  readonly writtenRows: bigint;
  /** On the disk for sure (fdatasync returned). */
  readonly durableRows: bigint;
  readonly writtenBatches: bigint;
  readonly durableBatches: bigint;
  readonly writtenBytes: bigint;
  readonly durableBytes: bigint;
  /** Closed segments, oldest first; they will not change. */
  readonly closedSegments: readonly string[];
  /** Free bytes on the disk at the last look. */
  readonly freeBytes: number;
}

/** What recovery made of one segment. */
export interface RecoveryReport {
  readonly file: string;
  /** False when not even the header could be read; the file is then left alone. */
  readonly usable: boolean;
  readonly batches: number;
  readonly rows: bigint;
  /** Bytes kept, and bytes cut from the end (0 when the segment was whole). */
  readonly keptBytes: number;
  readonly cutBytes: number;
  /** What was wrong with the first bad frame; empty when nothing was. */
  readonly reason: string;
}

/** A spool running in a thread, fed by a ring. */
export interface SpoolHandle {
  readonly counters: SpoolCounters;
  /**
   * Waits until everything in the ring is written and durable, closes the last segment, ends the thread.
   * Rejects with DriverError `spool-full` or `spool-io` when writing had failed.
   */
  finish(deadlineMs?: number): Promise<SpoolCounters>;
}
