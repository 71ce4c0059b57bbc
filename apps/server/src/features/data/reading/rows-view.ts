import { Lh5Error, type Lh5Reader } from '@countroom/lh5';
import { batchFromTable, encodeBatch, hasRows, type RecordBatch, type Table } from '@countroom/records';
import type { Readings } from './readings.js';

const mostBytes = 64 << 20;

/** Rows of a table as they are stored, numbers and waveforms; columns that a batch cannot hold are left out. */
export async function rowsView(reader: Lh5Reader, ask: Readings['rows']['ask']): Promise<Uint8Array> {
  const { path, from, count, columns } = ask;
  const rows = await reader.rowCount(path);
  const first = Math.min(from, rows);
  const node = await reader.tree(path, { depth: 1 });
  if (node.kind !== 'table')
    throw new Lh5Error('argument-invalid', 'is no table; choose a table of the file', { object: path });
  const table = await reader.readTable(path, {
    rows: [first, Math.min(rows, first + count)],
    ...(columns === undefined ? {} : { columns }),
  });
  const batch = batchOf(path, table);
  const bytes = batch.columns.reduce((sum, { data }) => sum + data.byteLength, 0);
  if (bytes > mostBytes)
    throw new Lh5Error('argument-invalid', `${count} rows are ${bytes >> 20} MiB; ask for fewer`, {
      object: path,
    });
  return encodeBatch(batch);
}

function batchOf(path: string, table: Table): RecordBatch {
  const kept = [...table.columns].filter(([name, column]) => {
    if (!hasRows(column)) return false;
    try {
      batchFromTable(path, { ...table, columns: new Map([[name, column]]) });
      return true;
    } catch (error) {
      if (error instanceof TypeError) return false;
      throw error;
    }
  });
  return batchFromTable(path, { ...table, columns: new Map(kept) });
}
