import { typeOf } from '@countroom/expressions';
import type { TableReader } from '@countroom/pipeline';
import type { DataObject, Table } from '@countroom/records';
import { keyIn } from '../hit-to-evt/tier-tables.js';
import { skimOptions } from './skim-options.js';

/** A column that queries can name. */
export interface SkimColumn {
  /** For example `hit.energy`, `raw.waveform__dt`. */
  readonly name: string;
  readonly units: string | null;
  /** Number type, `lists of …` in front where it holds lists. */
  readonly type: string;
  /** Whether expressions can use it. */
  readonly isNumber: boolean;
}

/** What queries over the files of a run can name: columns by tier, and channels. */
export async function skimColumnsOf(
  inputs: ReadonlyMap<string, TableReader>,
): Promise<{ tiers: { tier: string; columns: SkimColumn[] }[]; channels: string[] }> {
  const tiers: { tier: string; columns: SkimColumn[] }[] = [];
  const channels = new Set<number>();
  const { events } = skimOptions.shape;
  for (const [tier, reader] of inputs) {
    const tables = await reader.tables(1);
    if (tier === 'tcm') {
      const columns = ['table_key', 'row_in_table', 'index'].map((name) => plain(`tcm.${name}`, 'int32'));
      tiers.push({ tier, columns });
      continue;
    }
    const keyed = tables.map(({ path }) => keyIn(path, `ch{}/${tier}`));
    const first =
      tier === 'evt'
        ? (tables.find(({ path }) => path === events.parse(undefined)) ?? tables[0])
        : tables[keyed.findIndex((key) => key !== undefined)];
    for (const key of keyed) if (key !== undefined && tier !== 'evt') channels.add(key);
    if (first !== undefined) tiers.push({ tier, columns: columnsOf(first.sample, `${tier}.`) });
  }
  return { tiers, channels: [...channels].map((key) => `ch${key}`) };
}

function columnsOf(table: Table, prefix: string): SkimColumn[] {
  return [...table.columns].flatMap(([name, column]) =>
    column.kind === 'table' ? columnsOf(column, `${prefix}${name}__`) : describe(prefix + name, column),
  );
}

function describe(name: string, column: DataObject): SkimColumn {
  const units = unitsOf(column);
  const type = typeOf(column);
  if (type === undefined) return { name, units, type: column.kind, isNumber: false };
  if (type.kind === 'complex128') return { name, units, type: 'complex', isNumber: false };
  return { name, units, type: `${'lists of '.repeat(type.depth)}${dtypeOf(column)}`, isNumber: true };
}

function plain(name: string, type: string): SkimColumn {
  return { name, units: null, type, isNumber: true };
}

function dtypeOf(column: DataObject): string {
  if (column.kind === 'vov') return dtypeOf(column.flattened);
  return column.kind === 'array' ? column.dtype : column.kind;
}

function unitsOf(column: DataObject): string | null {
  const { units } = column.attrs;
  if (typeof units === 'string') return units;
  return column.kind === 'vov' ? unitsOf(column.flattened) : null;
}
