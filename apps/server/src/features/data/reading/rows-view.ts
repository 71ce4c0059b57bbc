import { Lh5Error, type Lh5Reader } from '@countroom/lh5';
import {
  batchFromTable,
  concatRows,
  encodeBatch,
  hasRows,
  type RecordBatch,
  type Table,
} from '@countroom/records';
import type { Readings } from './readings.js';

const mostBytes = 64 << 20;
const mostRows = 256;

/** Rows of a table as they are stored, numbers and waveforms; columns that a batch cannot hold are left out. */
export async function rowsView(reader: Lh5Reader, ask: Readings['rows']['ask']): Promise<Uint8Array> {
  const { path } = ask;
  const rows = await reader.rowCount(path);
  const node = await reader.tree(path, { depth: 1 });
  if (node.kind !== 'table')
    throw new Lh5Error('argument-invalid', 'is no table; choose a table of the file', { object: path });
  const ranges = rangesOf(ask, rows);
  const parts: Table[] = [];
  for (const range of ranges)
    parts.push(
      await reader.readTable(path, {
        rows: range,
        ...(ask.columns === undefined ? {} : { columns: ask.columns }),
      }),
    );
  const batch = batchOf(path, parts.length === 1 ? parts[0]! : concatRows(parts));
  const bytes = batch.columns.reduce((sum, { data }) => sum + data.byteLength, 0);
  if (bytes > mostBytes)
    throw new Lh5Error('argument-invalid', `${batch.rows} rows are ${bytes >> 20} MiB; ask for fewer`, {
      object: path,
    });
  return encodeBatch(batch);
}

/** Stretches of rows that follow each other; an empty one when none is there. */
function rangesOf(
  { from, count, rows }: Readings['rows']['ask'],
  total: number,
): readonly (readonly [number, number])[] {
  if (rows === undefined) {
    const first = Math.min(from, total);
    return [[first, Math.min(total, first + count)]];
  }
  const ranges: [number, number][] = [];
  for (const row of rows.filter((one) => one < total).slice(0, mostRows)) {
    const last = ranges.at(-1);
    if (last?.[1] === row) last[1] = row + 1;
    else ranges.push([row, row + 1]);
  }
  return ranges.length === 0 ? [[0, 0]] : ranges;
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
