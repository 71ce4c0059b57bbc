import { tableKey } from '@countroom/events';
import { type InputTable, StageError, type TableReader } from '@countroom/pipeline';
import { findMap } from '../build-tcm/find-map.js';
import { matchesPath } from '../files/table-choice.js';
import { type TierTables, tierTables } from '../hit-to-evt/tier-tables.js';
import type { SkimOptions } from './skim-options.js';
import { type SkimNeeds, stage } from './skim-texts.js';

/** A table that is read as a whole: the map, or the events. */
export interface WholeTable {
  readonly reader: TableReader;
  readonly table: InputTable;
}

/** The inputs of a query, opened: only those that it needs. */
export interface SkimSource {
  /** Keys of the chosen channels, in the order in which rows come without a map. */
  readonly keys: readonly number[];
  readonly tiers: ReadonlyMap<string, TierTables>;
  readonly map: WholeTable | undefined;
  readonly events: WholeTable | undefined;
}

/**
 * Finds the tables that a query reads. Throws a StageError for a missing input, a pattern that chooses nothing, and tiers
 * or events that do not belong together.
 */
export async function openSource(
  options: SkimOptions,
  needs: SkimNeeds,
  inputs: ReadonlyMap<string, TableReader>,
): Promise<SkimSource> {
  const inputOf = (tier: string): TableReader => {
    const reader = inputs.get(tier);
    if (reader !== undefined) return reader;
    const known = [...inputs.keys()].join(', ') || 'none';
    throw new StageError(stage, `needs a ${tier} file for what is asked; given: ${known}`);
  };
  const tiers = new Map<string, TierTables>();
  for (const tier of needs.hitTiers) {
    const format = options.paths[tier] ?? `ch{}/${tier}`;
    tiers.set(tier, await tierTables(tier, inputOf(tier), format, stage, 'paths'));
  }
  const map = needs.map ? await findMap(stage, inputOf('tcm'), options.map) : undefined;
  const events = needs.events ? await eventTable(inputOf('evt'), options.events) : undefined;
  if (map !== undefined && events !== undefined && map.table.rows !== events.table.rows) {
    const [left, right] = [
      `${map.table.path} has ${map.table.rows}`,
      `${events.table.path} ${events.table.rows}`,
    ];
    throw new StageError(stage, `events and map do not belong together: ${left} events, ${right}`);
  }
  const all = tiers.size > 0 ? commonKeys(tiers) : map === undefined ? [] : keysOfMap(map.table);
  const keys = chooseKeys(all, options.tables, tiers);
  checkRows(keys, tiers);
  return { keys, tiers, map, events };
}

async function eventTable(reader: TableReader, path: string): Promise<WholeTable> {
  const tables = await reader.tables(1);
  const table = tables.find((one) => one.path === path) ?? (tables.length === 1 ? tables[0] : undefined);
  if (table !== undefined) return { reader, table };
  const known = tables.map((one) => one.path).join(', ') || 'no tables';
  throw new StageError(stage, `events: there is no table ${path} in ${reader.name}; it has ${known}`);
}

/** Channels that every tier has. */
function commonKeys(tiers: ReadonlyMap<string, TierTables>): number[] {
  const [first, ...others] = [...tiers.values()];
  return [...first!.tables.keys()].filter((key) => others.every(({ tables }) => tables.has(key)));
}

function keysOfMap({ sample, path }: InputTable): number[] {
  const { tables, hash_func: pattern } = sample.attrs;
  let paths: unknown;
  try {
    paths = JSON.parse(String(tables));
  } catch {
    paths = undefined;
  }
  if (!Array.isArray(paths))
    throw new StageError(stage, `${path} does not say which tables it was made of (attribute tables)`);
  const expression = new RegExp(typeof pattern === 'string' ? pattern : String.raw`\d+`);
  return paths.map((one, i) => tableKey(String(one), expression) ?? i);
}

/** Channels that fit a pattern: by the path in a tier, by its first part, or by the bare key. */
function chooseKeys(
  keys: readonly number[],
  patterns: readonly string[],
  tiers: ReadonlyMap<string, TierTables>,
): number[] {
  if (patterns.length === 0) return [...keys];
  const names = (key: number): string[] => {
    const paths = [...tiers.values()].flatMap(({ tables }) => tables.get(key)?.path ?? []);
    return [...paths, ...paths.map((path) => path.split('/')[0]!), `ch${key}`, String(key)];
  };
  for (const [i, pattern] of patterns.entries()) {
    if (!keys.some((key) => names(key).some((name) => matchesPath(name, pattern)))) {
      const known = keys.map((key) => `ch${key}`).join(', ') || 'none';
      throw new StageError(stage, `tables.${i}: no channel fits "${pattern}"; there are ${known}`);
    }
  }
  return keys.filter((key) => patterns.some((one) => names(key).some((name) => matchesPath(name, one))));
}

/** Row k of a channel is the same hit in every tier. */
function checkRows(keys: readonly number[], tiers: ReadonlyMap<string, TierTables>): void {
  const [first, ...others] = [...tiers.values()];
  for (const key of first === undefined ? [] : keys) {
    const { path, rows } = first!.tables.get(key)!;
    for (const { tables } of others) {
      const other = tables.get(key)!;
      if (other.rows !== rows)
        throw new StageError(
          stage,
          `${path} has ${rows} rows and ${other.path} ${other.rows}: they do not belong together`,
        );
    }
  }
}
