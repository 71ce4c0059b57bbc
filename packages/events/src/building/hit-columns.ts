import {
  type ColumnType,
  cast,
  columnAt,
  insteadOf,
  type Kind,
  newArray,
  strongest,
  toVector,
  typeOf,
  type Vector,
} from '@countroom/expressions';
import type { DataObject, Table } from '@countroom/records';
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
 * Throws an EventError when a table or column is missing, holds no numbers, lists are nested differently, or units differ.
 */
export function hitColumnType(
  tier: string,
  column: string,
  tables: readonly { readonly path: string; readonly sample: Table | undefined }[],
): ColumnType {
  let common: ColumnType | undefined;
  let inUnits: { readonly path: string; readonly units: string } | undefined;
  for (const { path, sample } of tables) {
    if (sample === undefined)
      throw new EventError(`${tier}.${column}: there is no table ${path} in tier ${tier}`);
    const found = columnAt(sample, column);
    if (found === undefined) {
      const instead = insteadOf(column, sample.columns.keys());
      throw new EventError(`${tier}.${column}: ${path} has no column ${column}; ${instead}`);
    }
    const type = typeOf(found);
    if (type === undefined)
      throw new EventError(`${tier}.${column}: the column of ${path} does not hold numbers`);
    if (type.kind === 'complex128')
      throw new EventError(
        `${tier}.${column}: ${path} holds complex numbers; make columns of their parts with real(…) and imag(…) first`,
      );
    if (common !== undefined && common.depth !== type.depth) {
      throw new EventError(`${tier}.${column}: lists are nested differently in ${path} than in other tables`);
    }
    const units = unitsOf(found);
    if (units !== undefined) inUnits ??= { path, units };
    if (units !== undefined && units !== inUnits!.units)
      throw new EventError(
        `${tier}.${column} is in ${inUnits!.units} in ${inUnits!.path} and in ${units} in ${path}: ` +
          'make a column in one unit first',
      );
    common = {
      depth: type.depth,
      kind: common === undefined ? type.kind : strongest(common.kind, type.kind),
    };
  }
  if (common === undefined) throw new EventError(`${tier}.${column}: no channel is chosen`);
  return common;
}

function unitsOf(column: DataObject): string | undefined {
  const { units } = column.attrs;
  if (typeof units === 'string') return units;
  return column.kind === 'vov' ? unitsOf(column.flattened) : undefined;
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
  const sources: (Source | undefined)[] = [];
  const open = (table: number): Source => {
    const block = rows(tier, table);
    const object = block === undefined ? undefined : columnAt(block.rows, column);
    if (block === undefined || object === undefined) {
      throw new EventError(`${tier}.${column} was not read for table ${table} of the map`);
    }
    return { vector: cast(toVector(object), type.kind), start: block.start, rows: block.rows.rows };
  };
  const from = new Int32Array(hits.length);
  const at = new Int32Array(hits.length);
  for (let i = 0; i < hits.length; i++) {
    const table = map.table[hits[i]!]!;
    const source = (sources[table] ??= open(table));
    const row = map.row[hits[i]!]! - source.start;
    if (row < 0 || row >= source.rows) {
      throw new EventError(
        `the map points to row ${map.row[hits[i]!]} of table ${table}, which tier ${tier} does not have`,
      );
    }
    from[i] = table;
    at[i] = row;
  }
  return gathered(
    type,
    sources.map((source) => source?.vector),
    { from, at },
  );
}

interface Source {
  readonly vector: Vector;
  readonly start: number;
  readonly rows: number;
}

/** Items of vectors: which vector, and where in it. */
interface Items {
  readonly from: Int32Array;
  readonly at: Int32Array;
}

/** Level by level the ranges of items that lists cover in their own vectors, then the numbers. */
function gathered(type: ColumnType, vectors: readonly (Vector | undefined)[], chosen: Items): Vector {
  const offsets: Int32Array[] = [];
  let items = chosen;
  for (let level = 0; level < type.depth; level++) {
    const lists = vectors.map((vector) => vector?.offsets![level]);
    const { from, at } = items;
    const starts = new Int32Array(at.length + 1);
    for (let i = 0; i < at.length; i++) {
      const own = lists[from[i]!]!;
      starts[i + 1] = starts[i]! + own[at[i]! + 1]! - own[at[i]!]!;
    }
    const next: Items = { from: new Int32Array(starts[at.length]!), at: new Int32Array(starts[at.length]!) };
    for (let i = 0; i < at.length; i++) {
      let item = lists[from[i]!]![at[i]!]!;
      for (let out = starts[i]!; out < starts[i + 1]!; out++) {
        next.from[out] = from[i]!;
        next.at[out] = item++;
      }
    }
    offsets.push(starts);
    items = next;
  }
  const data = pickFrom(
    type.kind,
    vectors.map((vector) => vector?.data),
    items,
  );
  return { kind: type.kind, data, step: 1, ...(offsets.length === 0 ? {} : { offsets }) };
}

function pickFrom(
  kind: Kind,
  all: readonly (Vector['data'] | undefined)[],
  { from, at }: Items,
): Vector['data'] {
  const data = newArray(kind, at.length);
  if (data instanceof BigInt64Array) {
    // As pairs of 32-bit numbers: no BigInt is made.
    const halves = (array: Vector['data'] | undefined): Int32Array | undefined =>
      array && new Int32Array(array.buffer, array.byteOffset, 2 * array.length);
    const [out, parts] = [halves(data)!, all.map(halves)];
    for (let i = 0; i < at.length; i++) {
      const own = parts[from[i]!]!;
      out[2 * i] = own[2 * at[i]!]!;
      out[2 * i + 1] = own[2 * at[i]! + 1]!;
    }
    return data;
  }
  const numbers = all as readonly (Float64Array | undefined)[];
  for (let i = 0; i < at.length; i++) data[i] = numbers[from[i]!]![at[i]!]!;
  return data;
}

/** The lists at places of a vector of lists. */
export function pickRows(vector: Vector, at: Int32Array): Vector {
  const type = { kind: vector.kind, depth: vector.offsets?.length ?? 0 };
  return gathered(type, [vector], { from: new Int32Array(at.length), at });
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
