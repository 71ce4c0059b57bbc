import type { Correspondence, DatasetInfo, TreeNode } from '@countroom/contracts';
import { findNode, histogramColumns, pathsAbove } from '../data/tree-rows';

/** Another file of the run, or that of the waveforms itself. */
export interface Tier {
  /** Name of it in addresses and column names: `dsp`, or `dsp~1a2b3c4d` for a later one of the same kind. */
  readonly key: string;
  readonly dataset: string;
  readonly root: TreeNode;
  /** What its rows are: those of the waveforms, events of their hits, or neither. */
  readonly link: 'rows' | 'events' | 'none';
  /** Why the hits of its events cannot be found; null when they can, or when it has none. */
  readonly missing: string | null;
}

/** What the rows of another file have to do with those of the waveforms. */
export function linkOf(
  dataset: string,
  { sameRows, events }: Correspondence,
): Pick<Tier, 'link' | 'missing'> {
  if (sameRows.includes(dataset)) return { link: 'rows', missing: null };
  const missing = events.find((one) => one.dataset === dataset)?.missing;
  return missing === null ? { link: 'events', missing } : { link: 'none', missing: missing ?? null };
}

/** A column with a number, or a list of numbers, per row. */
export interface TierColumn {
  /** `dsp/trapEmax`. */
  readonly token: string;
  readonly tier: Tier;
  readonly name: string;
  readonly units: string | null;
  /** Lists can be drawn as several lines, but nothing can be aligned at them. */
  readonly isList: boolean;
}

/** The names that datasets of a run have in addresses: the oldest of a kind by its kind alone, so that links keep their meaning. */
export function tierKeys(
  datasets: readonly Pick<DatasetInfo, 'id' | 'dataKind' | 'lineageHash' | 'createdAt'>[],
): ReadonlyMap<string, string> {
  const oldest = [...datasets].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  const taken = new Set<string>();
  return new Map(
    oldest.map(({ id, dataKind, lineageHash }) => {
      const key = taken.has(dataKind) ? `${dataKind}~${lineageHash.slice(0, 8)}` : dataKind;
      taken.add(dataKind);
      return [id, key];
    }),
  );
}

/** The outermost table that an object stands in, or is. */
export function tableOf(root: TreeNode, path: string): TreeNode | undefined {
  for (const above of [...pathsAbove(path), path]) {
    const node = findNode(root, above);
    if (node?.kind === 'table') return node;
  }
  return undefined;
}

/** Tables of a file that stand in no other table. */
export function outerTables(node: TreeNode): readonly TreeNode[] {
  return node.kind === 'table' ? [node] : (node.children ?? []).flatMap(outerTables);
}

/**
 * The table of another file whose rows are those of `table`: the one at the same path or in the same place but for its last name
 * (`ch1/raw` and `ch1/dsp`), if it has as many rows. Undefined when there is none.
 */
export function partnerTable(root: TreeNode, table: TreeNode): TreeNode | undefined {
  const place = table.path.split('/').slice(0, -1).join('/');
  const inPlace = (path: string): boolean => place !== '' && path.split('/').slice(0, -1).join('/') === place;
  const candidates = outerTables(root).filter(({ rows }) => rows === table.rows);
  return candidates.find(({ path }) => path === table.path) ?? candidates.find(({ path }) => inPlace(path));
}

/** The table of a tier that cuts are made in: that with the rows of `table`, or that of events. */
export function cutTable(tier: Tier, table: TreeNode): TreeNode | undefined {
  return tier.link === 'events' ? outerTables(tier.root)[0] : rowsTable(tier, table);
}

/** The table of a tier with the rows of `table`. */
export function rowsTable({ link, root }: Tier, table: TreeNode): TreeNode | undefined {
  return link === 'rows' ? partnerTable(root, table) : undefined;
}

/** Columns of all tiers for the rows of a table. */
export function columnsOf(tiers: readonly Tier[], table: TreeNode): readonly TierColumn[] {
  return tiers.flatMap((tier) => {
    const partner = rowsTable(tier, table);
    return partner === undefined
      ? []
      : histogramColumns(partner).map((node) => ({
          token: `${tier.key}/${node.name}`,
          tier,
          name: node.name,
          units: typeof node.attrs['units'] === 'string' ? node.attrs['units'] : null,
          isList: node.kind === 'vov',
        }));
  });
}

/** Columns of the events that are gone through: each hit of an event has their values. */
export function eventColumnsOf(source: Tier | undefined, table: TreeNode): readonly TierColumn[] {
  const events = source?.link === 'events' ? cutTable(source, table) : undefined;
  if (source === undefined || events === undefined) return [];
  return histogramColumns(events).map((node) => ({
    token: `${source.key}/${node.name}`,
    tier: source,
    name: node.name,
    units: typeof node.attrs['units'] === 'string' ? node.attrs['units'] : null,
    isList: node.kind === 'vov',
  }));
}

/** Other tables of the file whose waveforms can be drawn over those of `node`: of other channels, with as many rows. */
export function tablesBeside(root: TreeNode, table: TreeNode, node: TreeNode): readonly TreeNode[] {
  return outerTables(root).filter(
    (other) =>
      other.path !== table.path &&
      other.rows === table.rows &&
      waveformsIn(root, other, table, node) !== undefined,
  );
}

/** What corresponds to `node` of `table` in another table. */
export function waveformsIn(
  root: TreeNode,
  other: TreeNode,
  table: TreeNode,
  node: TreeNode,
): TreeNode | undefined {
  if (node.path !== table.path) return findNode(root, `${other.path}${node.path.slice(table.path.length)}`);
  return (other.children ?? []).some(({ kind }) => kind === 'waveform') ? other : undefined;
}
