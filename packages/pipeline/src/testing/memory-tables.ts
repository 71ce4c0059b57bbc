import { concatRows, type DataObject, type NdArray, sliceRows, type Table } from '@countroom/records';
import type { TableSink, TableSource } from '../executor/table-ports.js';

/** Tables in memory as a source, for tests. */
export function memorySource(tables: Readonly<Record<string, Table>>): TableSource {
  return {
    name: 'memory',
    tables: (sampleRows) =>
      Promise.resolve(
        Object.entries(tables).map(([path, table]) => ({
          path,
          rows: table.rows,
          sample: sliceRows(table, 0, sampleRows),
        })),
      ),
    async *blocks(path, { columns, rows, blockRows }) {
      const table = tables[path];
      if (table === undefined) throw new RangeError(`no table ${path}`);
      const [first, end] = [rows?.[0] ?? 0, Math.min(rows?.[1] ?? table.rows, table.rows)];
      for (let start = first; start < Math.max(first + 1, end); start += blockRows) {
        await Promise.resolve();
        const part = structuredClone(sliceRows(table, start, Math.min(start + blockRows, end)));
        const kept = [...part.columns].filter(([name]) => columns?.includes(name) ?? true);
        yield { start, rows: { ...part, columns: new Map(kept) } };
      }
    },
  };
}

/** Collects what a stage writes, for tests. */
export class MemorySink implements TableSink {
  readonly parts = new Map<string, Table[]>();
  readonly documents = new Map<string, DataObject>();

  append(path: string, rows: Table): Promise<void> {
    this.parts.set(path, [...(this.parts.get(path) ?? []), rows]);
    return Promise.resolve();
  }

  write(path: string, object: DataObject): Promise<void> {
    this.documents.set(path, object);
    return Promise.resolve();
  }

  /** The whole table at a path. */
  table(path: string): Table {
    return concatRows(this.parts.get(path) ?? []);
  }
}

/** Rows by table. A table `name` holds the numbers 0, 1, 2 … in its column x; one called `broken` cannot be read from row 100 on. */
export type NumberTables = Readonly<Record<string, number>>;

/** Such a table. */
export function numberTable(rows: number): Table {
  const data = Float64Array.from({ length: rows }, (_, i) => i);
  const x: NdArray = { kind: 'array', flavor: 'array', dtype: 'float64', shape: [rows], data, attrs: {} };
  return { kind: 'table', rows, columns: new Map([['x', x]]), attrs: {} };
}

/** Tables of numbers as a source that every thread can open for itself. */
export function numberSource(tables: NumberTables): TableSource {
  const entries = Object.entries(tables).map(([path, rows]) => [path, numberTable(rows)] as const);
  const source = memorySource(Object.fromEntries(entries));
  return {
    ...source,
    elsewhere: tables,
    blocks: (path, options) => {
      if (path === 'broken' && (options.rows?.[1] ?? 0) > 100) throw new RangeError('row 100 cannot be read');
      return source.blocks(path, options);
    },
  };
}
