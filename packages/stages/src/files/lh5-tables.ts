import { type Lh5Reader, type Lh5Writer, ReadMemory, type StoreOptions, type TreeNode } from '@countroom/lh5';
import type { InputTable, TableSink, TableSource } from '@countroom/pipeline';
import type { DataObject, NdArray, Table } from '@countroom/records';

/** Rows that a stage sees of each table when it plans. */
export const sampleRows = 64;

/** The tables of an LH5 file as the input of a stage. A waveform is a column of its table, not a table of its own. */
export function lh5Source(reader: Lh5Reader): TableSource {
  const memory = new ReadMemory();
  return {
    name: reader.file,
    elsewhere: reader.file,
    async tables(sampleRows) {
      const found = topTables(await reader.tree());
      const tables: InputTable[] = [];
      for (const { path, rows } of found) {
        const sample = await reader.readTable(path, { rows: [0, sampleRows] });
        tables.push({ path, rows: rows ?? 0, sample });
      }
      return tables;
    },
    async *blocks(path, { columns, rows: range, blockRows, reuse }) {
      const options = columns === undefined ? {} : { columns };
      const part = { ...options, ...(range && { rows: range }), ...(reuse === true && { memory }) };
      let empty = true;
      for await (const block of reader.tableBlocks(path, { ...part, blockRows })) {
        empty = false;
        yield { start: block.start, rows: block.data };
      }
      if (empty) {
        const rows = await reader.readTable(path, { ...options, rows: [0, 0] });
        yield { start: 0, rows };
      }
    },
  };
}

function topTables(node: TreeNode): TreeNode[] {
  if (node.kind === 'table' && node.path !== '') return [node];
  return node.children.flatMap(topTables);
}

/** An LH5 file as the output of a stage. */
export function lh5Sink(writer: Lh5Writer, options: StoreOptions = {}): TableSink {
  return {
    append: (path, rows: Table | NdArray) => writer.append(path, rows, options),
    write: (path, object: DataObject) => writer.write(path, object, options),
  };
}
