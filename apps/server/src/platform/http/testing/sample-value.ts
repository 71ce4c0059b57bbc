import type { Endpoint } from '@countroom/contracts';
import { z } from 'zod';

type Schema = z.core.JSONSchema.JSONSchema;

/** Some value that a schema accepts, its example or made from its JSON Schema: enough for every endpoint that is declared. */
export function sampleOf(schema: z.ZodType): unknown {
  const document = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  return sample(document, document.$defs ?? {});
}

/** Path of an endpoint with parameters that its schema accepts. */
export function samplePath(endpoint: Endpoint, given: Readonly<Record<string, string>> = {}): string {
  const params = { ...(sampleOf(endpoint.params) as Record<string, unknown>), ...given };
  return endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
}

/** Query with the required values only. */
export function sampleQuery(endpoint: Endpoint): string {
  const query = sampleOf(endpoint.query) as Record<string, unknown>;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) search.append(name, String(value));
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

function sample(schema: Schema, defs: Record<string, Schema>): unknown {
  if (schema.$ref !== undefined) return sample(defs[schema.$ref.replace('#/$defs/', '')] ?? {}, defs);
  if (schema.examples !== undefined) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const either = schema.anyOf ?? schema.oneOf;
  if (either !== undefined) return sample(either.at(-1) ?? {}, defs);
  if (schema.type === 'object') return sampleObject(schema, defs);
  if (schema.type === 'array') return sampleArray(schema, defs);
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, 1);
  if (schema.type === 'boolean') return true;
  if (schema.type === 'string') return sampleText(schema);
  return schema.type === undefined ? 1 : null;
}

function sampleObject(schema: Schema, defs: Record<string, Schema>): unknown {
  const { required = [], properties = {} } = schema;
  return Object.fromEntries(required.map((name) => [name, sample((properties[name] ?? {}) as Schema, defs)]));
}

function sampleArray(schema: Schema, defs: Record<string, Schema>): unknown {
  return (schema.minItems ?? 0) > 0 ? [sample(schema.items as Schema, defs)] : [];
}

function sampleText(schema: Schema): string {
  if (schema.format === 'uuid') return '0190a000-0000-7000-8000-000000000000';
  if (schema.format === 'date-time') return '2026-01-01T00:00:00Z';
  return 'demo'.padEnd(schema.minLength ?? 4, '0');
}
