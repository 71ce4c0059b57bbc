import { concatRows, type RecordBatch, type Table, tableFromBatch } from '@countroom/records';

/** Puts gathered rows of one table away. */
export type PutRows = (path: string, rows: Table) => Promise<void>;

interface Gathered {
  parts: Table[];
  rows: number;
  bytes: number;
}

/** Bytes of the columns of a batch. */
function batchBytes(batch: RecordBatch): number {
  return batch.columns.reduce(
    (sum, { data, offsets }) => sum + data.byteLength + (offsets?.byteLength ?? 0),
    0,
  );
}

/**
 * Joins small batches to blocks worth writing. A block goes when it has `blockRows` rows; when all tables
 * together hold more than `limitBytes`, the largest go first, so memory is bounded whatever the rates are.
 */
export class RowGatherer {
  private readonly put: PutRows;
  private readonly blockRows: number;
  private readonly limitBytes: number;
  private readonly tables = new Map<string, Gathered>();
  private total = 0;

  constructor(put: PutRows, blockRows: number, limitBytes: number) {
    this.put = put;
    this.blockRows = blockRows;
    this.limitBytes = limitBytes;
  }

  /** Takes a batch; its arrays must stay as they are until it is put away. */
  async add(batch: RecordBatch): Promise<void> {
    const path = batch.schema.name;
    const gathered = this.tables.get(path) ?? { parts: [], rows: 0, bytes: 0 };
    this.tables.set(path, gathered);
    const bytes = batchBytes(batch);
    gathered.parts.push(tableFromBatch(batch));
    gathered.rows += batch.rows;
    gathered.bytes += bytes;
    this.total += bytes;
    if (gathered.rows >= this.blockRows) await this.flush(path, gathered);
    while (this.total > this.limitBytes) await this.flushLargest();
  }

  /** Puts everything away. */
  async finish(): Promise<void> {
    for (const [path, gathered] of this.tables) await this.flush(path, gathered);
  }

  private async flushLargest(): Promise<void> {
    let largest: [string, Gathered] | undefined;
    for (const entry of this.tables) if (entry[1].bytes > (largest?.[1].bytes ?? -1)) largest = entry;
    if (largest !== undefined) await this.flush(...largest);
  }

  private async flush(path: string, gathered: Gathered): Promise<void> {
    if (gathered.parts.length === 0) return;
    const rows = concatRows(gathered.parts);
    this.total -= gathered.bytes;
    gathered.parts = [];
    gathered.rows = 0;
    gathered.bytes = 0;
    await this.put(path, rows);
  }
}
