import { Lh5Error, type Lh5Reader, type TreeNode } from '@countroom/lh5';
import { keyOf, readMap } from '@countroom/stages';
import type { MappedHits, Readings } from './readings.js';

const mostHits = 1000;
const columns = ['table_key', 'row_in_table'];

/** Hits of some events, by the tables that the map was made of. */
export async function hitsView(reader: Lh5Reader, ask: Readings['hits']['ask']): Promise<MappedHits> {
  const map = chosenMap(await reader.tree('', { depth: 4 }), ask.map);
  const rows = map.rows ?? 0;
  const paths = pathsByKey(map);
  const events = ask.events.filter((event) => event < rows);
  const hits: MappedHits['hits'][number][] = [];
  let total = 0;
  if (events.length > 0) {
    const block = await reader.readTable(map.path, { columns, select: { indices: events } });
    const { key, row, ends } = readMap('event hits', map.path, block);
    total = key.length;
    let at = 0;
    events.forEach((event, index) => {
      for (; at < ends[index]! && hits.length < mostHits; at += 1)
        hits.push({ event, table: paths.get(key[at]!) ?? unknownKey(map, key[at]!), row: row[at]! });
    });
  }
  return { path: map.path, events: rows, hits, total };
}

function chosenMap(root: TreeNode, name: string | undefined): TreeNode {
  const all = mapsIn(root);
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

function mapsIn(node: TreeNode): readonly TreeNode[] {
  if (node.kind !== 'table') return node.children.flatMap(mapsIn);
  return columns.every((name) => node.children.some((child) => child.name === name)) ? [node] : [];
}

/** The paths of the tables of a map, which it keeps as text, by the numbers that stand for them in it. */
function pathsByKey(map: TreeNode): ReadonlyMap<number, string> {
  const { tables, hash_func: pattern } = map.attrs;
  let paths: unknown;
  try {
    paths = JSON.parse(String(tables));
  } catch {
    paths = undefined;
  }
  if (!Array.isArray(paths) || !paths.every((path) => typeof path === 'string'))
    throw new Lh5Error('data-inconsistent', 'does not say which tables it was made of (attribute tables)', {
      object: map.path,
    });
  const named = typeof pattern === 'string' ? pattern : String.raw`\d+`;
  return new Map(paths.map((path: string, index) => [keyOf(path, named) ?? index, path]));
}

function unknownKey(map: TreeNode, key: number): never {
  throw new Lh5Error('data-inconsistent', `has hits of table ${key}, which is not one of its tables`, {
    object: map.path,
  });
}
