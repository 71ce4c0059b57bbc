import type { Lh5Reader } from '@countroom/lh5';
import type { TableReader } from '@countroom/pipeline';
import { lh5Source } from './lh5-tables.js';

/** An LH5 file as an input of a table stage. */
export function lh5TableReader(reader: Lh5Reader): TableReader {
  const source = lh5Source(reader);
  return {
    name: reader.file,
    tables: (rows) => source.tables(rows),
    read: (path, rows, columns) =>
      reader.readTable(path, columns === undefined ? { rows } : { rows, columns }),
  };
}
