import { concatRows, type DataObject, hasRows, type RowObject } from '@countroom/records';
import { Lh5Error } from '../errors.js';
import type { ReadOptions, RowRange } from '../ports.js';
import { selectedRanges } from '../read/selection.js';
import { expandFiles } from './paths.js';
import { OpenReaders } from './readers.js';

/** Rows of one file among those of all, cut to what is wanted. */
function optionsFor(options: ReadOptions, first: number, count: number): ReadOptions | undefined {
  const [start, stop] = options.rows ?? [0, Number.MAX_SAFE_INTEGER];
  const from = Math.max(0, start - first);
  const to = Math.min(count, stop - first);
  if (from >= to) return undefined;
  const rows: RowRange = [from, to];
  if (options.select === undefined) return { ...options, rows };
  const ranges = selectedRanges(options.select, [first + from, first + to]);
  if (ranges.length === 0) return undefined;
  return { ...options, rows, select: { ranges: ranges.map(([a, b]) => [a - first, b - first]) } };
}

/**
 * Reads one object out of several files (patterns allowed) and puts the rows one behind the other. Row numbers count over all
 * files. Objects without rows can only be read from one file.
 */
export async function readFiles(
  files: string | readonly string[],
  path: string,
  options: ReadOptions = {},
): Promise<DataObject> {
  const readers = new OpenReaders();
  try {
    const names = await expandFiles(files);
    if (names.length === 1) return await (await readers.get(names[0]!)).read(path, options);
    const parts: RowObject[] = [];
    let first = 0;
    for (const [k, name] of names.entries()) {
      const reader = await readers.get(name);
      const count = await reader.rowCount(path);
      const wanted = optionsFor(options, first, count);
      first += count;
      const needed =
        wanted ??
        (k === names.length - 1 && parts.length === 0 ? { ...options, rows: [0, 0] as const } : undefined);
      if (needed === undefined) continue;
      const part = await reader.read(path, needed);
      if (!hasRows(part))
        throw new Lh5Error('argument-invalid', 'has no rows that could be put together', {
          file: name,
          object: path,
        });
      parts.push(part);
    }
    return parts.length === 1 ? parts[0]! : concatRows(parts);
  } finally {
    await readers.close();
  }
}
