import type { DriverInfo, OptionWords, ProblemIssue } from '@countroom/contracts';
import { type Json, resolveSchema, type Schema } from '../../lib/form/schema-node';
import { issuesOf } from '../../lib/form/schema-values';

/** A driver, or a kind of consumer. */
type Described = Pick<DriverInfo, 'kind' | 'title' | 'configSchema'>;

function objectAt(value: unknown, key: string): Schema | undefined {
  const part = typeof value === 'object' && value !== null ? (value as Schema)[key] : undefined;
  return typeof part === 'object' && part !== null && !Array.isArray(part) ? (part as Schema) : undefined;
}

/** References of a schema that is put into another document below `place`. */
function rebased(part: unknown, place: string): unknown {
  if (Array.isArray(part)) return part.map((each) => rebased(each, place));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' && value.startsWith('#')
        ? `#${place}${value.slice(1)}`
        : rebased(value, place),
    ]),
  );
}

interface Choice {
  /** List of the configuration, and the field that tells its forms apart. */
  readonly list: 'sources' | 'consumers';
  readonly by: 'driver' | 'kind';
  readonly title: string;
  readonly forms: readonly Described[];
  /** Fields that none of these forms has. */
  readonly without: readonly string[];
  readonly other: Schema;
}

/** Items of a list as one of several forms, so that a form shows fields where there was JSON. */
function withForms(schema: Schema, { list, by, title, forms, without, other }: Choice): Schema {
  const items = objectAt(objectAt(schema, 'properties'), list);
  const each = objectAt(items, 'items');
  const item = each === undefined ? undefined : resolveSchema(each, schema);
  const fields = objectAt(item, 'properties');
  if (items === undefined || item === undefined || fields === undefined || forms.length === 0) return schema;
  const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => !without.includes(name)));
  const place = (kind: string): string => `/$defs/${by}-${kind}`;
  const known = forms.map(({ kind, title: name }) => ({
    ...item,
    title: name,
    properties: {
      ...kept,
      [by]: { const: kind, default: kind },
      config: { $ref: `#${place(kind)}`, title: `Settings of ${name}` },
    },
  }));
  return {
    ...schema,
    $defs: {
      ...objectAt(schema, '$defs'),
      ...Object.fromEntries(
        forms.map(({ kind, configSchema }) => [`${by}-${kind}`, rebased(configSchema, place(kind))]),
      ),
    },
    properties: {
      ...objectAt(schema, 'properties'),
      [list]: { ...items, title, items: { oneOf: [...known, { ...item, ...other }] } },
    },
  };
}

/**
 * The schema of a detector's configuration with the settings of every driver in it: a source is one of several forms, told
 * apart by its driver. A driver that nobody knows keeps its JSON.
 */
export function withDrivers(schema: Schema, drivers: readonly Described[]): Schema {
  const other = { title: 'Another driver' };
  return withForms(schema, {
    list: 'sources',
    by: 'driver',
    title: 'Sources',
    forms: drivers,
    without: [],
    other,
  });
}

/** The same for consumers, told apart by their kind; one that is a module of the user keeps its JSON. */
export function withConsumers(schema: Schema, consumers: readonly Described[]): Schema {
  const other = { title: 'A module of your own' };
  const choice = { list: 'consumers', by: 'kind', title: 'Consumers', without: ['module'], other } as const;
  return withForms(schema, { ...choice, forms: consumers });
}

/** What drivers refuse in the settings of their sources. */
export function driverIssues(
  content: Json,
  drivers: readonly Described[],
  words?: OptionWords,
): ProblemIssue[] {
  return configIssues(content, 'sources', 'driver', drivers, words);
}

/** What the kinds of consumers refuse in their settings. */
export function consumerIssues(
  content: Json,
  consumers: readonly Described[],
  words?: OptionWords,
): ProblemIssue[] {
  return configIssues(content, 'consumers', 'kind', consumers, words);
}

function configIssues(
  content: Json,
  list: Choice['list'],
  by: Choice['by'],
  forms: readonly Described[],
  words: OptionWords | undefined,
): ProblemIssue[] {
  const items = (content as { readonly [name: string]: unknown } | null)?.[list];
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown, index): ProblemIssue[] => {
    const { [by]: kind, config } = (item ?? {}) as Readonly<Record<string, Json | undefined>>;
    const form = forms.find((each) => each.kind === kind);
    if (form === undefined) return [];
    return issuesOf(form.configSchema, config ?? {}, words).map(({ path, message }) => ({
      path: [list, index, 'config', path].filter((part) => part !== '').join('.'),
      message,
    }));
  });
}
