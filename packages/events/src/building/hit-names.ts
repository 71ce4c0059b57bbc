import { type ColumnType, columnAt, insteadOf, type Vector } from '@countroom/expressions';
import { EventError } from '../errors.js';
import type { EventFields } from './event-fields.js';
import type { EventChunk, EventInputs } from './event-plan.js';
import { gatherHits, hitColumnType, spreadToHits } from './hit-columns.js';
import type { HitSelection } from './hit-selection.js';

/** What an operation over hits works on. */
export interface HitContext {
  readonly chunk: EventChunk;
  /** Key of each table of the map. */
  readonly keys: readonly number[];
  readonly fields: EventFields;
  readonly selection: HitSelection;
}

/** A name with a value per hit: a column of a tier, a field of the event table, or a number of the map. */
export interface HitName {
  readonly name: string;
  /** Name of the tier; `evt` for the event table, `tcm` for the map. */
  readonly tier: string;
  readonly column: string;
  readonly type: ColumnType;
}

/** More cannot be numbered in 32 bits. */
const mostHits = 2 ** 31 - 1;

const mapColumns = ['table_key', 'row_in_table', 'index'];

/**
 * Finds what a name with a tier in front stands for.
 * @param tables positions of the chosen tables in the map
 * @param fields types of the fields of the event table made before
 * Throws an EventError for unknown tiers, tables, columns and fields.
 */
export function resolveHitName(
  name: string,
  inputs: EventInputs,
  tables: readonly number[],
  fields: ReadonlyMap<string, ColumnType>,
): HitName {
  const cut = name.indexOf('.');
  const tier = cut < 0 ? '' : name.slice(0, cut);
  const column = name.slice(cut + 1);
  if (tier === 'evt') {
    const type = fields.get(column);
    if (type === undefined)
      throw new EventError(
        `there is no field ${name}; ${insteadOf(column, fields.keys()) || 'fields come after those they use'}`,
      );
    return { name, tier, column, type };
  }
  if (tier === 'tcm') {
    if (!mapColumns.includes(column)) throw new EventError(`${name}: the map has ${mapColumns.join(', ')}`);
    return { name, tier, column, type: { kind: 'int32', depth: 0 } };
  }
  const known = inputs.tiers[tier];
  if (known === undefined) {
    const tiers = [...Object.keys(inputs.tiers), 'evt', 'tcm'].join('., ');
    throw new EventError(`${name}: names of hit columns begin with a tier (${tiers}.), or are parameters`);
  }
  // Of no channel the fields have the type that others of the tier have.
  const other = known.find(({ sample }) => sample !== undefined && columnAt(sample, column) !== undefined);
  const chosen = tables.length === 0 && other !== undefined ? [other] : tables.map((table) => known[table]!);
  const type = hitColumnType(tier, column, chosen);
  return { name, tier, column, type };
}

/** The values of a name for the chosen hits of a chunk. */
export function readHitName({ tier, column, type }: HitName, context: HitContext): Vector {
  const { chunk, selection } = context;
  if (tier === 'evt') return spreadToHits(context.fields.get(column), selection);
  if (tier !== 'tcm') return gatherHits(tier, column, type, chunk.map, selection, chunk.rows);
  const { table, row } = chunk.map;
  if (column === 'index' && chunk.firstHit + table.length > mostHits)
    throw new EventError(`tcm.index: the map has more than ${mostHits} hits; make one per run`);
  const data = Int32Array.from(selection.hits, (hit) => {
    if (column === 'index') return chunk.firstHit + hit;
    return column === 'table_key' ? context.keys[table[hit]!]! : row[hit]!;
  });
  return { kind: 'int32', data, step: 1 };
}
