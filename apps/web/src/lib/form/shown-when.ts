import { type Json, type Property, resolveSchema, type Schema } from './schema-node';

/** Where a field would stand, and what is wrong there. */
export interface FieldPlace {
  readonly root: Schema;
  readonly path: string;
  readonly issues: readonly { readonly path: string }[];
}

/**
 * Whether a property has a field: with `shownWhen: { key: [values] }` in its schema only while its neighbours have one of
 * those values. What has a fault is shown in any case.
 */
export function isShown(
  { key, schema }: Property,
  neighbours: readonly Property[],
  value: Readonly<Record<string, Json>>,
  { root, path, issues }: FieldPlace,
): boolean {
  const conditions = resolveSchema(schema, root)['shownWhen'];
  if (typeof conditions !== 'object' || conditions === null) return true;
  const own = path === '' ? key : `${path}.${key}`;
  if (issues.some((issue) => issue.path === own || issue.path.startsWith(`${own}.`))) return true;
  return Object.entries(conditions).every(([neighbour, values]: [string, unknown]) => {
    const other = neighbours.find((property) => property.key === neighbour);
    const usual = other === undefined ? undefined : resolveSchema(other.schema, root)['default'];
    return Array.isArray(values) && values.includes(value[neighbour] ?? usual);
  });
}
