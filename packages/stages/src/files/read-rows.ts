import type { TableReader } from '@countroom/pipeline';
import { pickRows, type Table } from '@countroom/records';

/** Rows that are read in one go although only one in so many is wanted. */
const wantedShare = 16;

/**
 * Rows of a table by number (rising). Where they lie close together the range is read and cut down, else only they are
 * read. Columns as {@link TableReader.read} takes them.
 */
export async function readRows(
  reader: TableReader,
  path: string,
  rows: Int32Array,
  columns?: readonly string[],
): Promise<Table> {
  const first = rows[0] ?? 0;
  const span = rows.length === 0 ? 0 : rows[rows.length - 1]! - first + 1;
  if (reader.pick !== undefined && span > wantedShare * rows.length) return reader.pick(path, rows, columns);
  const block = await reader.read(path, [first, first + span], columns);
  return span === rows.length
    ? block
    : pickRows(
        block,
        rows.map((row) => row - first),
      );
}
