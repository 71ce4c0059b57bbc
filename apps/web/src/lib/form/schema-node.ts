import { without } from './without';

/** A JSON value, as forms edit it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** A JSON Schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

interface Common {
  readonly title: string;
  readonly description: string;
  readonly unit: string;
  readonly nullable: boolean;
  readonly defaultValue: Json | undefined;
}

/** A property of an object in a form. */
export interface Property {
  readonly key: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** What a form shows for a part of a schema. */
export type SchemaNode =
  | (Common & { readonly kind: 'text'; readonly maxLength: number | null })
  | (Common & {
      readonly kind: 'number';
      readonly integer: boolean;
      readonly minimum: number | null;
      readonly maximum: number | null;
    })
  | (Common & { readonly kind: 'flag' })
  | (Common & { readonly kind: 'choice'; readonly choices: readonly Json[] })
  | (Common & { readonly kind: 'object'; readonly properties: readonly Property[] })
  | (Common & { readonly kind: 'record'; readonly values: Schema })
  | (Common & { readonly kind: 'list'; readonly items: Schema })
  | (Common & { readonly kind: 'union'; readonly variants: readonly Schema[] })
  /** Parts that no field fits: written as JSON. */
  | (Common & { readonly kind: 'json' });

function asSchema(value: unknown): Schema | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : null;
}

function schemas(value: unknown): readonly Schema[] {
  return Array.isArray(value) ? value.map(asSchema).filter((schema) => schema !== null) : [];
}

function numberAt(schema: Schema, ...names: readonly string[]): number | null {
  for (const name of names) {
    const value = schema[name];
    if (typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER) return value;
  }
  return null;
}

function textAt(schema: Schema, ...names: readonly string[]): string {
  for (const name of names) {
    const value = schema[name];
    if (typeof value === 'string') return value;
  }
  return '';
}

/** Follows `$ref` (within the document) and folds `allOf` into one; what stands beside a reference wins. */
export function resolveSchema(schema: Schema, root: Schema, depth = 0): Schema {
  if (depth > 32) return {};
  const reference = schema['$ref'];
  if (typeof reference === 'string' && reference.startsWith('#')) {
    const target = reference
      .slice(1)
      .split('/')
      .filter((part) => part !== '')
      .reduce<Schema | null>(
        (at, part) => asSchema(at?.[decodeURIComponent(part).replace(/~1/g, '/').replace(/~0/g, '~')]),
        root,
      );
    return { ...resolveSchema(target ?? {}, root, depth + 1), ...without(schema, '$ref') };
  }
  const parts = schemas(schema['allOf']);
  if (parts.length === 0) return schema;
  const resolved = parts.map((part) => resolveSchema(part, root, depth + 1));
  return Object.assign({}, ...resolved, without(schema, 'allOf')) as Schema;
}

/** What a form shows for a schema; `root` is the document that its references point into. */
export function schemaNode(given: Schema, root: Schema, key = ''): SchemaNode {
  const schema = resolveSchema(given, root);
  const variants = [...schemas(schema['anyOf']), ...schemas(schema['oneOf'])];
  const real = variants.filter((variant) => resolveSchema(variant, root)['type'] !== 'null');
  const types = [schema['type']].flat();
  const nullable = real.length < variants.length || types.includes('null');
  const common: Common = {
    title: textAt(schema, 'title') || titleOf(key),
    description: textAt(schema, 'description'),
    unit: textAt(schema, 'unit', 'units'),
    nullable,
    defaultValue: schema['default'] as Json | undefined,
  };
  if (real.length === 1) {
    const outer = without(schema, 'anyOf', 'oneOf');
    const inner = schemaNode({ ...resolveSchema(real[0]!, root), ...outer }, root, key);
    return { ...inner, nullable: nullable || inner.nullable };
  }
  if (real.length > 1) {
    const constants = real.map((variant) => resolveSchema(variant, root)['const']);
    if (constants.every((value) => value !== undefined)) {
      return { ...common, kind: 'choice', choices: constants as Json[] };
    }
    return { ...common, kind: 'union', variants: real };
  }
  if (schema['const'] !== undefined) return { ...common, kind: 'choice', choices: [schema['const'] as Json] };
  if (Array.isArray(schema['enum'])) {
    return { ...common, kind: 'choice', choices: (schema['enum'] as Json[]).filter((one) => one !== null) };
  }
  return typedNode(schema, common, types.filter((type) => type !== 'null')[0]);
}

function typedNode(schema: Schema, common: Common, type: unknown): SchemaNode {
  switch (type) {
    case 'string':
      return { ...common, kind: 'text', maxLength: numberAt(schema, 'maxLength') };
    case 'number':
    case 'integer':
      return {
        ...common,
        kind: 'number',
        integer: type === 'integer',
        minimum: numberAt(schema, 'minimum', 'exclusiveMinimum'),
        maximum: numberAt(schema, 'maximum', 'exclusiveMaximum'),
      };
    case 'boolean':
      return { ...common, kind: 'flag' };
    case 'array': {
      const items = asSchema(schema['items']);
      return items === null ? { ...common, kind: 'json' } : { ...common, kind: 'list', items };
    }
    case 'object':
      return objectNode(schema, common);
    default:
      return asSchema(schema['properties']) === null
        ? { ...common, kind: 'json' }
        : objectNode(schema, common);
  }
}

function objectNode(schema: Schema, common: Common): SchemaNode {
  const properties = asSchema(schema['properties']);
  if (properties !== null && Object.keys(properties).length > 0) {
    const required = Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : [];
    return {
      ...common,
      kind: 'object',
      properties: Object.entries(properties).flatMap(([key, value]) => {
        const property = asSchema(value);
        return property === null ? [] : [{ key, schema: property, required: required.includes(key) }];
      }),
    };
  }
  const values = asSchema(schema['additionalProperties']);
  if (values !== null && Object.keys(values).length > 0) return { ...common, kind: 'record', values };
  return { ...common, kind: 'json' };
}

/** `sampleRate` and `sample_rate` become `Sample rate`. */
export function titleOf(key: string): string {
  const words = key
    .replace(/[_-]+/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .trim();
  return words === '' ? '' : words.charAt(0).toUpperCase() + words.slice(1);
}
