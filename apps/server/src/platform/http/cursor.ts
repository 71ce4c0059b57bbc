import { AppError } from '@countroom/contracts';
import type { z } from 'zod';

/** Opaque place in a list: the sort key of the last row shown. */
export function encodeCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

export function decodeCursor<S extends z.ZodType>(schema: S, cursor: string): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    value = undefined;
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('request.invalid', 'The cursor belongs to another list; begin again without one.', {
    issues: [{ path: 'query.cursor', message: 'not a cursor of this list' }],
  });
}

export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
  readonly total: number | null;
}

/** A page from rows asked for one too many: the extra one only tells that there is a next page. */
export function toPage<R, T>(
  rows: readonly R[],
  limit: number,
  map: (row: R) => T,
  key: (row: R) => unknown,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? encodeCursor(key(last)) : null;
  return { items: shown.map(map), next, total: null };
}
