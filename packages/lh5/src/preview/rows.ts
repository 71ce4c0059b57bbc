import { hasRows, rowsOf } from '@countroom/records';
import type { Lh5Reader, ReadOptions, RowRange } from '../ports.js';
import { type JsonValue, jsonOf, jsonRow } from './json.js';

/** Rows of an object, ready to be shown or sent. */
export interface RowsPreview {
  readonly path: string;
  readonly kind: string;
  /** Rows of the whole object; null when it has none (scalars, structs). */
  readonly total: number | null;
  /** Number of the first row in `rows`. */
  readonly start: number;
  /** One value per row; for objects without rows the object itself as the only entry. */
  readonly rows: readonly JsonValue[];
}

/**
 * Reads rows as JSON values with full precision (see `jsonRow`). Objects without rows come whole, whatever range is asked
 * for. Throws as the reader does.
 */
export async function previewRows(
  reader: Lh5Reader,
  path: string,
  range: RowRange,
  options: Omit<ReadOptions, 'rows'> = {},
): Promise<RowsPreview> {
  const { rows: total } = await reader.tree(path, { depth: 0 });
  if (total === null) {
    const object = await reader.read(path, options);
    return { path, kind: object.kind, total: null, start: 0, rows: [jsonOf(object)] };
  }
  const object = await reader.read(path, { ...options, rows: range });
  const count = hasRows(object) ? rowsOf(object) : 0;
  return {
    path,
    kind: object.kind,
    total,
    start: Math.min(range[0], total),
    rows: Array.from({ length: count }, (_, row) => jsonRow(object, row)),
  };
}
