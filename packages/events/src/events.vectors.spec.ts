import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataObject, NdArray, Table } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import type { EventOperation } from './building/event-config.js';
import { EventPlan } from './building/event-plan.js';
import { buildCoincidenceMap, type CoincidenceOptions } from './coincidence/coincidence-builder.js';
import type { CoincidenceMap } from './coincidence/coincidence-map.js';

interface CaseFile {
  readonly channels: Record<string, Record<string, (number | string)[]>>;
  readonly channel_order: readonly number[];
  readonly evt_on: string;
  readonly results: Record<string, readonly unknown[]>;
  readonly tcm: Record<string, { readonly table_key: number[][]; readonly row_in_table: number[][] }>;
}

const numbersOf = (values: readonly (number | string)[]): Float64Array => Float64Array.from(values, Number);

/** What the title of a result says: `[name: ]mode[ of] expression[ with query …][, query …][, sort …][, initial …]`. */
function operationOf(title: string): EventOperation {
  const initial = /initial (\w+)/.exec(title)?.[1];
  const query = /query ([^,]+)/.exec(title)?.[1];
  const sort = /sort (\S+)/.exec(title)?.[1];
  const [, mode = '', rest = ''] =
    /\b(sum|any|all|gather|keep_at_idx|(?:first|last)_at:\S+)\b(.*)/.exec(title) ?? [];
  const after = rest.replace(/^ of /, '');
  const expression =
    mode === 'keep_at_idx' ? /: (\w+)/.exec(title)![1]! : after.split(/,| with | \(/)[0]!.trim();
  return {
    expression: qualified(expression),
    aggregationMode: mode === 'keep_at_idx' ? 'keep_at_idx:evt.places' : mode,
    channels: ['all'],
    ...(initial === undefined
      ? {}
      : { initial: initial === 'NaN' ? 'np.nan' : (JSON.parse(initial) as number) }),
    ...(query === undefined ? {} : { query: qualified(query) }),
    ...(sort === undefined ? {} : { sort }),
  };
}

/** Bare names are columns of the tier dsp. */
function qualified(expression: string): string {
  return expression.replace(/(?<![\w.])[a-z]\w*(?![\w.])/g, 'dsp.$&');
}

function plainValues(column: DataObject): unknown[] {
  const show = (value: number | bigint): unknown => (Number.isNaN(value) ? 'NaN' : Number(value));
  if (column.kind === 'array') {
    return [...(column.data as Float64Array)].map((value) =>
      column.dtype === 'bool' ? value === 1 : show(value),
    );
  }
  if (column.kind !== 'vov') throw new TypeError(column.kind);
  const items = plainValues(column.flattened);
  const ends = [...(column.cumulative.data as Uint32Array)];
  return ends.map((end, row) => items.slice(row === 0 ? 0 : ends[row - 1], end));
}

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const root = resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data');
const folder = join(root, 'dsp/evt');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];

describe.runIf(files.length === 0)('event vectors', () => {
  it.skip(`there are none below ${folder}`, () => undefined);
});

describe.each(files)('event vectors: %s', (name) => {
  const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as CaseFile;
  const keys = Object.keys(file.channels).map(Number);

  const mapOf = (title: string): CoincidenceMap => {
    const options: CoincidenceOptions = {
      tables: keys.map((key) => ({ path: `ch${key}`, key })),
      columns: [{ name: 'timestamp', window: Number(/window ([\d.]+)/.exec(title)?.[1]) }],
      reference: title.includes('first') ? 'first' : 'last',
    };
    return buildCoincidenceMap(
      options,
      keys.map((key) => [numbersOf(file.channels[String(key)]!['timestamp']!)]),
    );
  };

  it.each(Object.keys(file.tcm))('coincidence map: %s', (title) => {
    const { table, row, ends } = mapOf(title);
    const lists = (values: readonly number[]): number[][] =>
      [...ends].map((end, event) => values.slice(event === 0 ? 0 : ends[event - 1], end));
    expect(lists([...table].map((index) => keys[index]!))).toEqual(file.tcm[title]!.table_key);
    expect(lists([...row])).toEqual(file.tcm[title]!.row_in_table);
  });

  const tables = keys.map((key): Table => {
    const columns = Object.entries(file.channels[String(key)]!).map(([column, values]): [string, NdArray] => {
      const data = numbersOf(values);
      return [
        column,
        { kind: 'array', flavor: 'array', dtype: 'float64', shape: [data.length], data, attrs: {} },
      ];
    });
    return { kind: 'table', rows: columns[0]![1].data.length, columns: new Map(columns), attrs: {} };
  });

  it.each(Object.keys(file.results))('event field: %s', (title) => {
    const places: EventOperation = {
      expression: 'tcm.index',
      aggregationMode: 'gather',
      channels: ['all'],
      query: 'dsp.energy > 25',
    };
    const plan = new EventPlan(
      {
        channels: { all: file.channel_order.map((key) => keys.indexOf(key)) },
        operations: { places, field: operationOf(title) },
      },
      { keys, tiers: { dsp: tables.map((sample, i) => ({ path: `ch${keys[i]}/dsp`, sample })) } },
    );
    const map = mapOf(file.evt_on);
    const events = plan.build({ map, firstHit: 0, rows: (_, table) => ({ start: 0, rows: tables[table]! }) });
    const values = plainValues(events.columns.get('field')!);
    const round = (value: unknown): unknown =>
      typeof value === 'number'
        ? Number(value.toPrecision(12))
        : Array.isArray(value)
          ? value.map(round)
          : value;
    expect(values.map(round)).toEqual(file.results[title]);
  });
});
