import type { Json } from '../../lib/form/schema-node';

/** One difference between two documents; absent on one side where something was added or removed. */
export interface JsonChange {
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Every leaf in which two documents differ, in the order of the newer one; lists are compared place by place. */
export function jsonDiff(before: Json | undefined, after: Json | undefined, path = ''): JsonChange[] {
  if (Object.is(before, after)) return [];
  const left = partsOf(before);
  const right = partsOf(after);
  if (left === undefined || right === undefined || Array.isArray(before) !== Array.isArray(after)) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
  }
  const keys = [...right.keys(), ...[...left.keys()].filter((key) => !right.has(key))];
  return keys.flatMap((key) => jsonDiff(left.get(key), right.get(key), path === '' ? key : `${path}.${key}`));
}

function partsOf(value: Json | undefined): Map<string, Json> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map(Object.entries(value as Readonly<Record<string, Json>>));
}
