import { englishOptionWords, type OptionWords, optionIssues, type ProblemIssue } from '@countroom/contracts';
import { z } from 'zod';
import { type Json, resolveSchema, type Schema, type SchemaNode, schemaNode } from './schema-node';

/** The value a new part starts with: its default, else the least that fits the type. */
export function initialValue(schema: Schema, root: Schema): Json {
  const node = schemaNode(schema, root);
  if (node.defaultValue !== undefined) return node.defaultValue;
  if (node.nullable) return null;
  switch (node.kind) {
    case 'text':
      return '';
    case 'number':
      return Math.max(node.minimum ?? 0, Math.min(0, node.maximum ?? 0));
    case 'flag':
      return false;
    case 'choice':
      return node.choices[0] ?? null;
    case 'object':
      return Object.fromEntries(
        node.properties
          .filter((property) => property.required)
          .map((property) => [property.key, initialValue(property.schema, root)]),
      );
    case 'list':
      return [];
    case 'record':
    case 'json':
      return {};
    case 'union':
      return initialValue(node.variants[0] ?? {}, root);
  }
}

/** Words between the numbers of a help text. */
export interface HelpWords {
  readonly to: string;
  readonly from: string;
  readonly upTo: string;
  readonly usual: string;
}
const english: HelpWords = { to: 'to', from: 'from', upTo: 'up to', usual: 'default' };

/** Range and default in words, behind the description. */
export function helpOf(node: SchemaNode, words: HelpWords = english): string {
  const parts = [node.description.replace(/\.$/, '')];
  if (node.kind === 'number') {
    if (node.minimum !== null && node.maximum !== null)
      parts.push(`${node.minimum} ${words.to} ${node.maximum}`);
    else if (node.minimum !== null) parts.push(`${words.from} ${node.minimum}`);
    else if (node.maximum !== null) parts.push(`${words.upTo} ${node.maximum}`);
  }
  const usual = node.defaultValue;
  if (
    typeof usual === 'number' ||
    typeof usual === 'boolean' ||
    (typeof usual === 'string' && usual !== '')
  ) {
    parts.push(`${words.usual} ${String(usual)}`);
  }
  return parts.filter((part) => part !== '').join('; ');
}

/** Label with the unit: `Record length / samples`. */
export function labelOf(node: SchemaNode): string {
  // Schemas are written with the letters of every keyboard.
  const unit = node.unit.replace(/^u(?=[A-Za-z])/, 'µ');
  return unit === '' ? node.title : `${node.title} / ${unit}`;
}

/** Everything in a value that the schema does not allow. Parts that the checker cannot read are left to the server. */
export function issuesOf(
  schema: Schema,
  value: Json,
  words: OptionWords = englishOptionWords,
): ProblemIssue[] {
  let checker: z.ZodType;
  try {
    checker = z.fromJSONSchema(schema);
  } catch {
    return [];
  }
  const parsed = checker.safeParse(value);
  if (parsed.success) return [];
  return optionIssues(parsed.error.issues, checker, words);
}

/** Which variant of a union a value belongs to; the first when none fits. */
export function variantOf(variants: readonly Schema[], root: Schema, value: Json): number {
  const fitting = variants.findIndex((variant) => fits(resolveSchema(variant, root), root, value));
  return Math.max(0, fitting);
}

function fits(schema: Schema, root: Schema, value: Json): boolean {
  if (schema['const'] !== undefined) return schema['const'] === value;
  const type = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  const wanted = schema['type'] === 'integer' ? 'number' : schema['type'];
  if (wanted !== undefined && wanted !== type) return false;
  if (type !== 'object') return true;
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
  const object = value as Readonly<Record<string, Json>>;
  const required = Array.isArray(schema['required']) ? (schema['required'] as string[]) : [];
  if (required.some((key) => !(key in object))) return false;
  return Object.entries(properties).every(([key, property]) => {
    const fixed = resolveSchema(property, root)['const'];
    return fixed === undefined || object[key] === fixed;
  });
}

function isObject(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What another form of a value begins with: what both forms have under the same name and schema stays. */
export function carriedOver(value: Json, from: Schema, to: Schema, initial: Json): Json {
  const [before, after] = [from['properties'], to['properties']] as (Record<string, unknown> | undefined)[];
  if (!isObject(value) || !isObject(initial)) return initial;
  const same = Object.entries(value).filter(
    ([key]) => after?.[key] !== undefined && after[key] === before?.[key],
  );
  return { ...initial, ...Object.fromEntries(same) };
}

/** Name of a variant: its title, the constant that tells it apart, else its type. */
export function variantTitle(schema: Schema, root: Schema): string {
  const resolved = resolveSchema(schema, root);
  if (typeof resolved['title'] === 'string') return resolved['title'];
  const properties = (resolved['properties'] ?? {}) as Record<string, Schema>;
  for (const property of Object.values(properties)) {
    const fixed = resolveSchema(property, root)['const'];
    if (typeof fixed === 'string') return fixed;
  }
  return typeof resolved['type'] === 'string' ? resolved['type'] : 'value';
}
