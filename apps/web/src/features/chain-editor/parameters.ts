import type { SourceVersion } from '@countroom/contracts';
import { isTree, overlay, type ParameterTree, valueAt, valuesOfChannel } from '@countroom/parameters/values';
import type { Json } from '../../lib/form/schema-node';
import { type LookedUp, parameterPath, withValue } from './draft';

/** Where the value of a parameter comes from; what stands first counts. */
export type Origin = 'tried' | 'configuration' | 'database' | 'default' | 'none';

/** A parameter that a chain looks up, with the value that a table's channel gets. */
export interface ParameterInUse extends LookedUp {
  readonly value: Json | undefined;
  /** The value without what is only tried. */
  readonly stored: Json | undefined;
  readonly origin: Origin;
  /** The approved version that the value is of, when it is of the database. */
  readonly source: SourceVersion | undefined;
}

/** Values that are only tried in the preview, by name (`db.pz.tau`). */
export type Tried = Readonly<Record<string, Json>>;

/** What approved versions and the configuration itself say, by channel or pattern. */
export interface Stores {
  readonly held: ParameterTree;
  /** The approved version of each value of the channel, by path. */
  readonly sources: Readonly<Record<string, SourceVersion>>;
  /** Of the configuration: lies over what is held, as it does in jobs. */
  readonly given: Json | undefined;
}

const withoutDb = (name: string): string => name.split('.').slice(1).join('.');

/** Name of a table's channel; undefined for a table that names none. */
export function channelOfTable(table: string): string | undefined {
  const [, channel] = parameterPath(table);
  return channel === undefined ? undefined : String(channel);
}

function treeOf(value: Json | undefined): ParameterTree {
  return isTree(value) ? value : {};
}

function ofChannel(tree: ParameterTree, channel: string | undefined): ParameterTree {
  return channel === undefined ? tree : valuesOfChannel(tree, channel);
}

/** What `db.…` means for a table: as a job would have it, and above it what is only tried. */
export function databaseFor(
  table: string,
  { held, given }: Pick<Stores, 'held' | 'given'>,
  tried: Tried = {},
): ParameterTree {
  const stored = ofChannel(overlay(held, treeOf(given)), channelOfTable(table));
  const whole = Object.entries(tried).reduce<Json>(
    (tree, [name, value]) => withValue(tree, withoutDb(name).split('.'), value),
    stored as Json,
  );
  return treeOf(whole);
}

/** Every parameter that a chain looks up, with its value for a table and where that comes from. */
export function parametersInUse(
  lookedUp: readonly LookedUp[],
  table: string,
  stores: Stores,
  tried: Tried,
): ParameterInUse[] {
  const stored = databaseFor(table, stores);
  const given = ofChannel(treeOf(stores.given), channelOfTable(table));
  return lookedUp.map((parameter) => {
    const path = withoutDb(parameter.name);
    const own = (valueAt(stored, path) ?? undefined) as Json | undefined;
    const isGiven = own !== undefined && JSON.stringify(valueAt(given, path)) === JSON.stringify(own);
    const origin: Origin =
      own === undefined
        ? parameter.fallback === undefined
          ? 'none'
          : 'default'
        : isGiven
          ? 'configuration'
          : 'database';
    const value = own ?? parameter.fallback;
    const attempt = Object.hasOwn(tried, parameter.name) ? tried[parameter.name] : undefined;
    return {
      ...parameter,
      stored: value,
      value: attempt ?? value,
      origin: attempt === undefined ? origin : 'tried',
      source: attempt === undefined && origin === 'database' ? stores.sources[path] : undefined,
    };
  });
}

/** A number with or without a unit of time, as parameters are written: `180`, `"180*us"`. */
export interface Measure {
  readonly value: number;
  readonly unit: string | undefined;
}

const measure = /^\s*(-?\d+\.?\d*(?:[eE][+-]?\d+)?)\s*(?:\*\s*(ns|us|ms|s)\s*)?$/;

/** The number of a parameter that can be turned; undefined for lists, words and expressions. */
export function measureOf(value: Json | undefined): Measure | undefined {
  if (typeof value === 'number') return { value, unit: undefined };
  const found = typeof value === 'string' ? measure.exec(value) : null;
  return found === null ? undefined : { value: Number(found[1]), unit: found[2] };
}

/** A turned number as the parameter was written: a number stays one. */
export function measureValue({ value, unit }: Measure): Json {
  return unit === undefined ? value : `${value}*${unit}`;
}
