import {
  type ColumnType,
  cast,
  columnAt,
  type Kind,
  newArray,
  strongest,
  toVector,
  typeOf,
  type Vector,
} from '@countroom/expressions';
import type { Table } from '@countroom/records';
import type { CoincidenceMap } from '../coincidence/coincidence-map.js';
import { EventError } from '../errors.js';
import type { HitSelection } from './hit-selection.js';

/** Rows of one table that a chunk of events needs. */
export interface TableRows {
  /** Row of the table that `rows` begins with. */
  readonly start: number;
  readonly rows: Table;
}

/** The rows of a tier that the hits of a chunk lie in; undefined where the tier does not have the table. */
export type TierRows = (tier: string, table: number) => TableRows | undefined;

/**
 * The common type of a column over several tables: the stronger kind where they differ.
 * Throws an EventError when a table or column is missing, holds no numbers, or lists are nested differently.
 */
export function hitColumnType(
  tier: string,
  column: string,
  tables: readonly { readonly path: string; readonly sample: Table | undefined }[],
): ColumnType {
  let common: ColumnType | undefined;
  for (const { path, sample } of tables) {
    if (sample === undefined)
      throw new EventError(`${tier}.${column}: there is no table ${path} in tier ${tier}`);
    const found = columnAt(sample, column);
    if (found === undefined) {
      const known = [...sample.columns.keys()].join(', ');
      throw new EventError(`${tier}.${column}: ${path} has no column ${column}; it has ${known}`);
    }
    const type = typeOf(found);
    if (type === undefined)
      throw new EventError(`${tier}.${column}: the column of ${path} does not hold numbers`);
    if (common !== undefined && common.depth !== type.depth) {
      throw new EventError(`${tier}.${column}: lists are nested differently in ${path} than in other tables`);
    }
    common = {
      depth: type.depth,
      kind: common === undefined ? type.kind : strongest(common.kind, type.kind),
    };
  }
  if (common === undefined) throw new EventError(`${tier}.${column}: no channel is chosen`);
  return common;
}

/** The values of a column for the chosen hits, in their order. Throws an EventError when rows are not there. */
export function gatherHits(
  tier: string,
  column: string,
  type: ColumnType,
  map: CoincidenceMap,
  selection: HitSelection,
  rows: TierRows,
): Vector {
  const { hits } = selection;
  const sources = new Map<number, { vector: Vector; start: number; rows: number }>();
  const sourceOf = (table: number): { vector: Vector; start: number; rows: number } => {
    const known = sources.get(table);
    if (known !== undefined) return known;
    const block = rows(tier, table);
    const object = block === undefined ? undefined : columnAt(block.rows, column);
    if (block === undefined || object === undefined) {
      throw new EventError(`${tier}.${column} was not read for table ${table} of the map`);
    }
    const source = { vector: cast(toVector(object), type.kind), start: block.start, rows: block.rows.rows };
    sources.set(table, source);
    return source;
  };
  const at = new Int32Array(hits.length);
  for (let i = 0; i < hits.length; i++) {
    const table = map.table[hits[i]!]!;
    const source = sourceOf(table);
    at[i] = map.row[hits[i]!]! - source.start;
    if (at[i]! < 0 || at[i]! >= source.rows) {
      throw new EventError(
        `the map points to row ${map.row[hits[i]!]} of table ${table}, which tier ${tier} does not have`,
      );
    }
  }
  const of = (i: number): Vector => sources.get(map.table[hits[i]!]!)!.vector;
  if (type.depth === 0) {
    const data = newArray(type.kind, hits.length);
    for (let i = 0; i < hits.length; i++) data[i] = of(i).data[at[i]!]!;
    return { kind: type.kind, data, step: 1 };
  }
  return gatherLists(type, hits.length, of, at);
}

function gatherLists(type: ColumnType, length: number, of: (i: number) => Vector, at: Int32Array): Vector {
  // Level by level: the ranges of items that the chosen lists cover in their own vectors.
  let vectors = Array.from({ length }, (_, i) => of(i));
  let items = at;
  const offsets: Int32Array[] = [];
  for (let level = 0; level < type.depth; level++) {
    const starts = new Int32Array(items.length + 1);
    for (let i = 0; i < items.length; i++) {
      const own = vectors[i]!.offsets![level]!;
      starts[i + 1] = starts[i]! + own[items[i]! + 1]! - own[items[i]!]!;
    }
    const next = new Int32Array(starts[items.length]!);
    const nextVectors: Vector[] = [];
    for (let i = 0, out = 0; i < items.length; i++) {
      const own = vectors[i]!.offsets![level]!;
      for (let item = own[items[i]!]!; item < own[items[i]! + 1]!; item++) {
        next[out++] = item;
        nextVectors.push(vectors[i]!);
      }
    }
    offsets.push(starts);
    items = next;
    vectors = nextVectors;
  }
  const data = newArray<Kind>(type.kind, items.length);
  for (let i = 0; i < items.length; i++) data[i] = vectors[i]!.data[items[i]!]!;
  return { kind: type.kind, data, step: 1, offsets };
}

/** The lists at places of a vector of lists. */
export function pickRows(vector: Vector, at: Int32Array): Vector {
  const type = { kind: vector.kind, depth: vector.offsets?.length ?? 0 };
  return gatherLists(type, at.length, () => vector, at);
}

/** Values per event repeated for each chosen hit. Lists per event become the same list for each hit. */
export function spreadToHits(vector: Vector, { event }: HitSelection): Vector {
  const { kind, offsets, valid } = vector;
  if (offsets !== undefined) return pickRows(vector, event);
  const data = newArray(kind, event.length);
  for (let i = 0; i < event.length; i++) data[i] = vector.data[event[i]! * vector.step]!;
  const spread: Vector = { kind, data, step: 1 };
  return valid === undefined ? spread : { ...spread, valid: Uint8Array.from(event, (e) => valid[e]!) };
}
