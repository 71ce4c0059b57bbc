import type { DecodedBatch, IntegrityReport, StreamDecoder } from '@countroom/decoders';
import { allocateColumns, type ColumnData, type RecordBatch, type TableSchema } from '@countroom/records';

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

/** What decoders of text files share: text out of bytes, counts, the report. */
export abstract class TextRecording implements StreamDecoder {
  abstract readonly format: string;
  readonly done = false;
  protected records = 0;
  protected bad: { offset: number; length: number; reason: string }[] = [];
  private readonly texts = new TextDecoder('utf-8');
  private bytes = 0;

  push(chunk: Uint8Array): DecodedBatch[] {
    this.bytes += chunk.length;
    return this.take(this.texts.decode(chunk, { stream: true }));
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
