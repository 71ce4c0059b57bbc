import type { Lh5Reader } from '@countroom/lh5';
import { StageError, type TableReader } from '@countroom/pipeline';
import { FlatMaps } from '../build-tcm/flat-layout.js';
import { lh5Source } from './lh5-tables.js';
import { readRows } from './read-rows.js';

/** An LH5 file as an input of a table stage. */
export function lh5TableReader(reader: Lh5Reader): TableReader {
  const source = lh5Source(reader);
  const flat = new FlatMaps(reader);
  return {
    name: reader.file,
    tables: async (rows) => [...(await source.tables(rows)), ...(await flat.tables(rows))],
    read: async (path, rows, columns) =>
      (await flat.has(path))
        ? flat.read(path, rows)
        : reader.readTable(path, columns === undefined ? { rows } : { rows, columns }),
    pick: (path, indices, columns) =>
      reader.readTable(path, { select: { indices }, ...(columns === undefined ? {} : { columns }) }),
    object: async (path) => ((await reader.has(path)) ? reader.read(path) : undefined),
  };
}

/** Several inputs as one that has the tables of all. Throws a StageError for a table that two of them have. */
export async function joinedReader(stage: string, parts: readonly TableReader[]): Promise<TableReader> {
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) return only;
  const readers = new Map<string, TableReader>();
  for (const part of parts) {
    for (const { path } of await part.tables(0)) {
      const other = readers.get(path);
      if (other !== undefined) {
        throw new StageError(stage, `${path} is in ${other.name} and in ${part.name}; leave one of them out`);
      }
      readers.set(path, part);
    }
  }
  const partOf = (path: string): TableReader => {
    const part = readers.get(path);
    if (part === undefined) throw new StageError(stage, `there is no table ${path} in its inputs`);
    return part;
  };
  return {
    name: parts.map(({ name }) => name).join(', '),
    tables: async (rows) => (await Promise.all(parts.map((part) => part.tables(rows)))).flat(),
    read: (path, rows, columns) => partOf(path).read(path, rows, columns),
    pick: (path, rows, columns) => readRows(partOf(path), path, rows, columns),
    object: async (path) => {
      for (const part of parts) {
        const found = await part.object?.(path);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}
