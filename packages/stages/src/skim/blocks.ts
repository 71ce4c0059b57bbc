import type { InputTable } from '@countroom/pipeline';
import type { DataObject } from '@countroom/records';
import { readMap } from '../build-tcm/map-table.js';
import { eventsOfMap, plainEvents, type RowBlock, rowsOfTable } from './row-block.js';
import type { SkimOptions } from './skim-options.js';
import type { SkimSource } from './skim-source.js';
import { stage } from './skim-texts.js';

/** Bytes of columns that a block may hold, by the first row of each table. */
const blockBytes = 64 << 20;

/** A block of rows, and how many rows of the inputs it stands for. */
export interface SourceBlock {
  readonly block: RowBlock;
  readonly read: number;
}

/** Rows of the inputs that a query goes through. */
export function totalRows(source: SkimSource): number {
  const whole = source.map ?? source.events;
  if (whole !== undefined) return whole.table.rows;
  return tablesOf(source).reduce((sum, { rows }) => sum + rows, 0);
}

/** All rows in blocks of bounded memory: event by event where there is a map or events, else channel by channel. */
export async function* sourceBlocks(source: SkimSource, options: SkimOptions): AsyncGenerator<SourceBlock> {
  const { map, events } = source;
  const step = rowsAtOnce(source, options);
  if (map === undefined && events !== undefined) {
    const { rows } = events.table;
    for (let start = 0; start < rows; start += step) {
      const stop = Math.min(rows, start + step);
      yield { block: plainEvents(start, stop), read: stop - start };
    }
    return;
  }
  if (map === undefined) {
    for (const [position, { rows }] of tablesOf(source).entries()) {
      for (let start = 0; start < rows; start += step) {
        const stop = Math.min(rows, start + step);
        yield { block: rowsOfTable(position, start, stop), read: stop - start };
      }
    }
    return;
  }
  const positions = new Map(source.keys.map((key, i) => [key, i]));
  const { path, rows } = map.table;
  let firstHit = 0;
  for (let start = 0; start < rows; start += step) {
    const stop = Math.min(rows, start + step);
    const part = readMap(
      stage,
      path,
      await map.reader.read(path, [start, stop], ['table_key', 'row_in_table']),
    );
    yield { block: eventsOfMap(part, start, firstHit, positions), read: stop - start };
    firstHit += part.row.length;
  }
}

function tablesOf({ keys, tiers }: SkimSource): InputTable[] {
  const [first] = tiers.values();
  return first === undefined ? [] : keys.map((key) => first.tables.get(key)!);
}

/** Fewer rows at once where rows are large, as those with waveforms. */
function rowsAtOnce({ keys, tiers, events }: SkimSource, { rowsAtOnce: most }: SkimOptions): number {
  const samples = [...tiers.values()].map(({ tables }) => tables.get(keys[0] ?? Number.NaN));
  const bytes = [...samples, events?.table].reduce((sum, table) => sum + bytesOfRow(table), 0);
  return Math.max(1, Math.min(most, Math.floor(blockBytes / Math.max(1, bytes))));
}

function bytesOfRow(table: InputTable | undefined): number {
  if (table === undefined || table.sample.rows === 0) return 0;
  return bytesOf(table.sample) / table.sample.rows;
}

function bytesOf(object: DataObject): number {
  switch (object.kind) {
    case 'array':
      return object.data.byteLength;
    case 'vov':
      return object.cumulative.data.byteLength + bytesOf(object.flattened);
    case 'table':
      return [...object.columns.values()].reduce((sum, column) => sum + bytesOf(column), 0);
    case 'opaque':
      return object.bytes.byteLength;
    case 'encoded':
      return bytesOf(object.encoded);
    default:
      return 16;
  }
}
