import { createHash, type Hash } from 'node:crypto';
import type { DataArray, RecordBatch } from '@countroom/records';
import { rowLength } from '@countroom/records';

/** SHA-256 of the columns of a table, over the little-endian bytes of all their rows, before any compression. */
export interface TableChecksums {
  readonly rows: number;
  /** By column path. Vectors have two: the values, and where each row ends (`…/cumulative_length`, int64). */
  readonly columns: Readonly<Record<string, string>>;
}

interface Sums {
  rows: number;
  readonly hashes: Map<string, Hash>;
  readonly ends: Map<string, bigint>;
}

/** Adds up checksums while batches pass by. */
export class OutputChecksums {
  private readonly tables = new Map<string, Sums>();

  /** Takes the next rows of a table. */
  add(table: string, { schema, rows, columns }: RecordBatch): void {
    const sums = this.tables.get(table) ?? {
      rows: 0,
      hashes: new Map<string, Hash>(),
      ends: new Map<string, bigint>(),
    };
    this.tables.set(table, sums);
    sums.rows += rows;
    schema.columns.forEach((column, index) => {
      const { data, offsets } = columns[index]!;
      if (offsets === undefined) {
        update(sums, column.name, data.subarray(0, rows * rowLength(column)));
        return;
      }
      const before = sums.ends.get(column.name) ?? 0n;
      const ends = BigInt64Array.from({ length: rows }, (_, row) => before + BigInt(offsets[row + 1]!));
      sums.ends.set(column.name, before + BigInt(offsets[rows]!));
      update(sums, column.name, data.subarray(0, offsets[rows]));
      update(sums, `${column.name}/cumulative_length`, ends);
    });
  }

  /** The sums of all tables so far, by path. */
  result(): Record<string, TableChecksums> {
    return Object.fromEntries(
      [...this.tables].map(([table, { rows, hashes }]) => {
        const columns = [...hashes].map(([name, hash]) => [name, hash.copy().digest('hex')] as const);
        return [table, { rows, columns: Object.fromEntries(columns) }];
      }),
    );
  }
}

function update(sums: Sums, name: string, data: DataArray): void {
  const hash = sums.hashes.get(name) ?? createHash('sha256');
  sums.hashes.set(name, hash);
  hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

/** Passes chunks on and adds up their SHA-256. */
export class InputChecksum {
  private readonly hash = createHash('sha256');
  /** Bytes that have passed. */
  bytes = 0;
  private complete = false;

  /** @param wanted without it, chunks are only passed on */
  constructor(
    private readonly chunks: AsyncIterable<Uint8Array>,
    private readonly wanted: boolean,
  ) {}

  /** The chunks as they are, without the first `skip` bytes. */
  async *pass(skip = 0): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.chunks) {
      if (this.wanted) this.hash.update(chunk);
      const skipped = Math.min(chunk.length, Math.max(0, skip - this.bytes));
      this.bytes += chunk.length;
      if (skipped < chunk.length || chunk.length === 0) yield chunk.subarray(skipped);
    }
    this.complete = true;
  }

  /** The sum; null when the input was left before its end, or nobody wants it. */
  get sha256(): string | null {
    return this.complete && this.wanted ? this.hash.copy().digest('hex') : null;
  }
}
