import { type Json, resolveSchema, type Schema, schemaNode } from './schema-node';
import { variantOf } from './schema-values';

/** Schema of an entry of a list, with the number of the entry in its name. */
export function numbered(items: Schema, list: string, index: number, root: Schema): Schema {
  const own = resolveSchema(items, root)['title'];
  return { ...items, title: `${typeof own === 'string' ? own : list} ${index + 1}` };
}

/** The name of a place as a form has it: `Sources 1 › Settings of Sensors › Sensor 3 › Address`. */
export function placeName(schema: Schema, value: Json, path: string): string {
  const names: string[] = [];
  let [at, inner]: [Schema, Json | undefined] = [schema, value];
  for (const key of path === '' ? [] : path.split('.')) {
    const node = schemaNode(at, schema);
    const form = node.kind === 'union' ? node.variants[variantOf(node.variants, schema, inner ?? null)] : at;
    const parts = schemaNode(form ?? {}, schema, '');
    const isEntry = parts.kind === 'list' && /^\d+$/.test(key);
    const next = isEntry
      ? numbered(parts.items, names.at(-1) ?? '', Number(key), schema)
      : parts.kind === 'object'
        ? parts.properties.find((property) => property.key === key)?.schema
        : undefined;
    // An entry says of which list it is.
    if (isEntry) names.pop();
    names.push(schemaNode(next ?? {}, schema, key).title);
    at = next ?? {};
    inner = (inner as Readonly<Record<string, Json>> | null | undefined)?.[key];
  }
  return names.join(' › ');
}
