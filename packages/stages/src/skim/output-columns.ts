import { StageError } from '@countroom/pipeline';
import {
  allocate,
  type DataObject,
  type Dtype,
  type NdArray,
  pickRows,
  type RowObject,
  type VectorOfVectors,
} from '@countroom/records';
import type { BlockColumns } from './block-columns.js';
import { type BlockValues, rowCount } from './block-values.js';
import type { SkimName } from './skim-names.js';
import type { SkimOptions } from './skim-options.js';
import { stage } from './skim-texts.js';

/** A plain array of numbers. */
export function plainArray(dtype: Dtype, data: NdArray['data']): NdArray {
  return { kind: 'array', flavor: 'array', dtype, shape: [data.length], data, attrs: {} };
}

/**
 * A column that is written as it is in its tier: number type, units and texts are kept. Undefined for what only
 * expressions make (joined tables).
 */
export function columnAsItIs(
  name: SkimName,
  columns: BlockColumns,
  values: BlockValues,
  { rows, facts }: SkimOptions,
): DataObject | undefined {
  const { block } = columns;
  const { tier, column } = name;
  if (tier === 'run') return factColumn(facts[column]!, rowCount(block, rows));
  if (tier === 'evt') {
    const perEvent = columns.ofEvents(column);
    return rows === 'events' ? perEvent : pickRows(perEvent, columns.eventOfHit);
  }
  if (tier === 'tcm') return perRow(plainArray('int32', values.mapColumn(column)), name, block.ends, rows);
  if (name.of !== 'hit' || !columns.has(tier)) return undefined;
  return perRow(columns.ofHits(tier, column), name, block.ends, rows);
}

function perRow(
  column: RowObject,
  { name }: SkimName,
  ends: Int32Array,
  rows: SkimOptions['rows'],
): DataObject | undefined {
  if (rows === 'hits') return column;
  const isList = column.kind === 'vov' || column.kind === 'strings';
  if (isList || (column.kind === 'array' && column.shape.length === 1)) return listsOf(column, ends);
  if (column.kind === 'array') return undefined;
  throw new StageError(
    stage,
    `${name} is of kind ${column.kind}: there is no list of these per event; ask for one row per hit`,
  );
}

/** Rows of hits as one list per event. */
export function listsOf(flattened: VectorOfVectors['flattened'], ends: Int32Array): VectorOfVectors {
  return { kind: 'vov', cumulative: plainArray('uint32', Uint32Array.from(ends)), flattened, attrs: {} };
}

function factColumn(value: number | string | boolean, length: number): DataObject {
  if (typeof value === 'string')
    return { kind: 'strings', values: Array.from({ length }, () => value), attrs: {} };
  const dtype = typeof value === 'boolean' ? 'bool' : Number.isInteger(value) ? 'int64' : 'float64';
  const data = allocate(dtype, length);
  if (data instanceof BigInt64Array) data.fill(BigInt(value));
  else (data as Float64Array).fill(Number(value));
  return plainArray(dtype, data);
}
