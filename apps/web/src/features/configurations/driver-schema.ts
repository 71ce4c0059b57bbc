import type { DriverInfo, ProblemIssue } from '@countroom/contracts';
import { type Json, resolveSchema, type Schema } from '../../lib/form/schema-node';
import { issuesOf } from '../../lib/form/schema-values';

type Driver = Pick<DriverInfo, 'kind' | 'title' | 'configSchema'>;

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

/**
 * The schema of a detector's configuration with the settings of every driver in it: a source is one of several forms, told
 * apart by its driver, so that a form shows fields where there was JSON. A driver that nobody knows keeps its JSON.
 */
export function withDrivers(schema: Schema, drivers: readonly Driver[]): Schema {
  const sources = objectAt(objectAt(schema, 'properties'), 'sources');
  const items = objectAt(sources, 'items');
  const source = items === undefined ? undefined : resolveSchema(items, schema);
  const fields = objectAt(source, 'properties');
  if (sources === undefined || source === undefined || fields === undefined || drivers.length === 0)
    return schema;
  const known = drivers.map(({ kind, title }) => ({
    ...source,
    title,
    properties: {
      ...fields,
      driver: { const: kind, default: kind },
      config: { $ref: `#/$defs/driver-${kind}`, title: `Settings of ${title}` },
    },
  }));
  return {
    ...schema,
    $defs: {
      ...objectAt(schema, '$defs'),
      ...Object.fromEntries(
        drivers.map(({ kind, configSchema }) => [
          `driver-${kind}`,
          rebased(configSchema, `/$defs/driver-${kind}`),
        ]),
      ),
    },
    properties: {
      ...objectAt(schema, 'properties'),
      sources: {
        ...sources,
        title: 'Sources',
        items: { oneOf: [...known, { ...source, title: 'Another driver' }] },
      },
    },
  };
}

/** What drivers refuse in the settings of their sources. */
export function driverIssues(content: Json, drivers: readonly Driver[]): ProblemIssue[] {
  const sources = (content as { readonly sources?: unknown } | null)?.sources;
  if (!Array.isArray(sources)) return [];
  return sources.flatMap((source: unknown, index): ProblemIssue[] => {
    const { driver: kind, config } = (source ?? {}) as { readonly driver?: unknown; readonly config?: Json };
    const driver = drivers.find((each) => each.kind === kind);
    if (driver === undefined) return [];
    return issuesOf(driver.configSchema, config ?? {}).map(({ path, message }) => ({
      path: ['sources', index, 'config', path].filter((part) => part !== '').join('.'),
      message,
    }));
  });
}
