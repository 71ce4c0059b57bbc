import type { DecodedBatch, IntegrityReport, StreamDecoder } from '@countroom/decoders';
import {
  allocateColumns,
  type ColumnData,
  type ColumnSchema,
  type RecordBatch,
  scalarColumn,
  type TableSchema,
} from '@countroom/records';

/** One row of a table: a number or the numbers of each column. */
export type Row = readonly (number | bigint | ArrayLike<number>)[];

/** Puts rows into a batch. */
export function batchOf(schema: TableSchema, rows: readonly Row[]): RecordBatch {
  const columns: ColumnData[] = allocateColumns(schema, rows.length);
  rows.forEach((row, at) => {
    row.forEach((cell, index) => {
      const { data } = columns[index]!;
      if (typeof cell === 'object') (data as Float32Array).set(cell, at * cell.length);
      else data[at] = cell;
    });
  });
  return { schema, rows: rows.length, columns };
}

/** Columns with the time of a record: seconds, and the whole nanoseconds that consumers count by. */
export function timeColumns(description: string): ColumnSchema[] {
  return [
    scalarColumn('timestamp', 'float64', { units: 's', description }),
    scalarColumn('devicetime', 'int64', { units: 'ns', description: 'the same' }),
  ];
}

/** Values of `timeColumns` for a time in s. */
export function eventTimes(seconds: number): [number, bigint] {
  return [seconds, BigInt(Math.round(seconds * 1e9))];
}

/** How the scope triggered while something was recorded. */
export interface RecordedTrigger {
  readonly channel: string;
  readonly levelVolts?: number;
  readonly direction?: string;
}

/** Text out of bytes: UTF-8, and from where that fails on the letters of older systems. */
class LenientText {
  private decoder = new TextDecoder('utf-8', { fatal: true });
  private strict = true;

  decode(chunk?: Uint8Array): string {
    try {
      return chunk === undefined ? this.decoder.decode() : this.decoder.decode(chunk, { stream: true });
    } catch (thrown) {
      if (!this.strict) throw thrown;
      this.strict = false;
      this.decoder = new TextDecoder('windows-1252');
      return this.decode(chunk);
    }
  }
}

/** What decoders of text files share: text out of bytes, counts, the report. */
export abstract class TextRecording implements StreamDecoder {
  abstract readonly format: string;
  readonly done = false;
  protected records = 0;
  protected bad: { offset: number; length: number; reason: string }[] = [];
  private readonly texts = new LenientText();
  private bytes = 0;

  /** Trigger of the scope, where the recording tells it. */
  get trigger(): RecordedTrigger | undefined {
    return undefined;
  }

  push(chunk: Uint8Array): DecodedBatch[] {
    this.bytes += chunk.length;
    return this.take(this.texts.decode(chunk));
  }

  finish(): DecodedBatch[] {
    return [...this.take(this.texts.decode()), ...this.end()];
  }

  objects(): [] {
    return [];
  }

  /** Replays begin anew at the first byte: nothing has to be remembered. */
  flush(): ReturnType<StreamDecoder['flush']> {
    const { format, bytes, records } = this;
    const common = {
      integrity: { report: this.report(), told: [] },
      tables: { counted: records, perKey: [], shapes: [] },
      garbage: null,
    };
    return { batches: [], checkpoint: { format, byteOffset: bytes, packetId: records, common, state: null } };
  }

  report(): IntegrityReport {
    return {
      format: this.format,
      bytes: this.bytes,
      records: { record: this.records },
      rows: this.records,
      unrequested: {},
      unrequestedKeys: {},
      garbageBytes: this.bad.reduce((sum, { length }) => sum + length, 0),
      garbageCount: this.bad.length,
      garbage: this.bad,
      truncatedEnd: null,
      anomalyCounts: {},
      anomalies: [],
      clean: this.bad.length === 0,
    };
  }

  tables(): [] {
    return [];
  }

  /** Takes text as it comes, and answers with the rows that it completed. */
  protected abstract take(text: string): DecodedBatch[];

  /** The text is over. */
  protected abstract end(): DecodedBatch[];

  /** A batch as the decoders of files give it. */
  protected decoded(batch: RecordBatch): DecodedBatch {
    return { stream: '', decoder: this.format, batch };
  }
}
