import type { TableSource } from '@countroom/pipeline';
import { sliceRows, type Table } from '@countroom/records';
import { repeatedRows } from './raw-input.js';

export { kernelOf } from '../../files/row-threads.js';

/** Rows that nobody has to store. */
export interface ManyRows {
  readonly table: string;
  /** They are repeated, with noise. */
  readonly sample: Table;
  readonly count: number;
}

/** A table of many rows that nobody has to store. */
export function manyRows(many: ManyRows): TableSource {
  const { table, sample, count } = many;
  return {
    name: 'many rows',
    elsewhere: many,
    tables: () => Promise.resolve([{ path: table, rows: count, sample }]),
    async *blocks(_path, { rows: [first, end] = [0, count] }) {
      let start = first;
      for (const rows of repeatedRows(sample, end - first)) {
        const part = sliceRows(rows, 0, Math.min(rows.rows, end - start));
        yield await Promise.resolve({ start, rows: part });
        start += part.rows;
      }
    },
  };
}

/** Opens it in a thread. */
export function openSource(elsewhere: unknown): Promise<TableSource> {
  return Promise.resolve(manyRows(elsewhere as ManyRows));
}
