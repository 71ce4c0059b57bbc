import { Lh5Error, type Lh5Reader, type TreeNode } from '@countroom/lh5';
import { concatRows, type Table } from '@countroom/records';
import { FlatMaps, keyOf, readMap } from '@countroom/stages';
import type { MappedHits, Readings } from './readings.js';

const mostHits = 1000;
const columns = ['table_key', 'row_in_table'];

/** Hits of some events, by the tables that the map was made of. Maps of both layouts are read. */
export async function hitsView(reader: Lh5Reader, ask: Readings['hits']['ask']): Promise<MappedHits> {
  const map = chosenMap(
    [...vectorMaps(reader, await reader.tree('', { depth: 4 })), ...(await flatMaps(reader))],
    ask.map,
  );
  const tableOf = tablesOf(map);
  const events = ask.events.filter((event) => event < map.events);
  const hits: MappedHits['hits'][number][] = [];
  let total = 0;
  if (events.length > 0) {
    const { key, row, ends } = readMap('event hits', map.path, await map.read(events));
    total = key.length;
    let at = 0;
    events.forEach((event, index) => {
      for (; at < ends[index]! && hits.length < mostHits; at += 1)
        hits.push({ event, table: tableOf(key[at]!), row: row[at]! });
    });
  }
  return { path: map.path, events: map.events, hits, total };
}

/** A coincidence map of a file. */
interface FoundMap {
  readonly path: string;
  readonly events: number;
  readonly attrs: TreeNode['attrs'];
  /** Events by number, rising, with lists of keys and rows. */
  read(events: readonly number[]): Promise<Table>;
}

function chosenMap(all: readonly FoundMap[], name: string | undefined): FoundMap {
  const maps = name === undefined ? all : all.filter(({ path }) => path === name);
  const [map, second] = maps;
  if (map !== undefined && second === undefined) return map;
  const known = all.map(({ path }) => path).join(', ');
  throw new Lh5Error(
    'data-inconsistent',
    map === undefined
      ? `holds no coincidence map ${name ?? ''} with ${columns.join(' and ')}`
      : `holds several coincidence maps (${known}), and it is not known which one events were made with`,
  );
}

/** Maps with a list per event. */
function vectorMaps(reader: Lh5Reader, node: TreeNode): readonly FoundMap[] {
  if (node.kind !== 'table') return node.children.flatMap((child) => vectorMaps(reader, child));
  if (!columns.every((name) => node.children.some((child) => child.name === name))) return [];
  const { path, rows, attrs } = node;
  const read = (events: readonly number[]): Promise<Table> =>
    reader.readTable(path, { columns, select: { indices: [...events] } });
  return [{ path, events: rows ?? 0, attrs, read }];
}

/** Maps of files before 2025: plain arrays of all hits. */
async function flatMaps(reader: Lh5Reader): Promise<readonly FoundMap[]> {
  const flat = new FlatMaps(reader);
  return (await flat.tables(0)).map(({ path, rows, sample: { attrs } }) => ({
    path,
    events: rows,
    attrs,
    read: async (events) => {
      const parts: Table[] = [];
      for (const event of events) parts.push(await flat.read(path, [event, event + 1]));
      return concatRows(parts);
    },
  }));
}

/**
 * The path of the table that a number of a map stands for. A map keeps its paths as text; one that has none was made with
 * the numbers of channels, whose tables stand in `ch<number>`.
 */
function tablesOf(map: FoundMap): (key: number) => string {
  const { tables, hash_func: pattern } = map.attrs;
  if (tables === undefined) return (key) => `ch${key}/hit`;
  let paths: unknown;
  try {
    // Productions write the list as Python shows it.
    paths = JSON.parse(String(tables).replaceAll("'", '"'));
  } catch {
    paths = undefined;
  }
  if (!Array.isArray(paths) || !paths.every((path) => typeof path === 'string'))
    throw new Lh5Error('data-inconsistent', 'does not say which tables it was made of (attribute tables)', {
      object: map.path,
    });
  const named = typeof pattern === 'string' ? pattern : String.raw`\d+`;
  const byKey = new Map(paths.map((path: string, index) => [keyOf(path, named) ?? index, path]));
  return (key) => {
    const path = byKey.get(key);
    if (path !== undefined) return path;
    throw new Lh5Error('data-inconsistent', `has hits of table ${key}, which is not one of its tables`, {
      object: map.path,
    });
  };
}
