import type { DataObject, NdArray, Table, VectorOfVectors } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import type { CoincidenceMap } from '../coincidence/coincidence-map.js';
import type { EventConfig, EventOperation } from './event-config.js';
import type { EventFunction } from './event-functions.js';
import { type EventInputs, EventPlan } from './event-plan.js';

function column(values: number[], dtype: 'float32' | 'int32' | 'bool' = 'float32'): NdArray {
  const make = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[dtype];
  return {
    kind: 'array',
    flavor: 'array',
    dtype,
    shape: [values.length],
    data: make.from(values),
    attrs: {},
  };
}

function lists(...rows: number[][]): VectorOfVectors {
  let end = 0;
  const ends = Uint32Array.from(rows, (row) => (end += row.length));
  const cumulative: NdArray = { ...column([]), dtype: 'uint32', shape: [rows.length], data: ends };
  return { kind: 'vov', cumulative, flattened: column(rows.flat()), attrs: {} };
}

function table(columns: Record<string, DataObject>, rows: number): Table {
  return { kind: 'table', rows, columns: new Map(Object.entries(columns)), attrs: {} };
}

// Three channels; event 0: a0 b0 b1, event 1: c0, event 2: b2 a1.
const hit = [
  table({ energy: column([10, 20]), ok: column([1, 0], 'bool'), pulses: lists([1, 2], []) }, 2),
  table(
    { energy: column([5, 7, Number.NaN]), ok: column([1, 1, 1], 'bool'), pulses: lists([], [3], [4, 5]) },
    3,
  ),
  table({ energy: column([1]), ok: column([0], 'bool'), pulses: lists([9]) }, 1),
];
const map: CoincidenceMap = {
  table: Int32Array.of(1, 0, 1, 2, 1, 0),
  row: Int32Array.of(0, 0, 1, 0, 2, 1),
  ends: Int32Array.of(3, 4, 6),
};
const inputs: EventInputs = {
  keys: [101, 102, 103],
  tiers: { hit: hit.map((sample, i) => ({ path: `ch${101 + i}/hit`, sample })) },
};
const channels = { ab: [0, 1], c: [2] };

function plan(operations: Record<string, EventOperation>, rest: Partial<EventConfig> = {}): EventPlan {
  return new EventPlan({ channels, operations, ...rest }, inputs);
}

function build(operations: Record<string, EventOperation>): Record<string, unknown[]> {
  const chunk = { map, firstHit: 100, rows: (_: string, index: number) => ({ start: 0, rows: hit[index]! }) };
  const { columns } = plan(operations).build(chunk);
  return Object.fromEntries([...columns].map(([name, object]) => [name, values(object)]));
}

function values(object: DataObject): unknown[] {
  if (object.kind === 'table') return [...object.columns].map(([name, inner]) => [name, values(inner)]);
  if (object.kind === 'array') return [...(object.data as Float32Array)].map(Number);
  if (object.kind !== 'vov') throw new TypeError(object.kind);
  const items = values(object.flattened);
  const ends = [...(object.cumulative.data as Uint32Array)];
  return ends.map((end, row) => items.slice(row === 0 ? 0 : ends[row - 1], end));
}

describe('events', () => {
  const nan = Number.NaN;

  it.each<[string, EventOperation, unknown[]]>([
    [
      'adds up',
      { expression: 'hit.energy', aggregationMode: 'sum', channels: ['ab'], query: 'hit.ok' },
      [22, 0, nan],
    ],
    ['counts', { expression: 'hit.energy > 6', aggregationMode: 'sum', initial: 0 }, [2, 0, 1]],
    [
      'begins at the initial value',
      { expression: '1', aggregationMode: 'sum', initial: 0.5 },
      [3.5, 1.5, 2.5],
    ],
    ['any', { expression: 'hit.ok', aggregationMode: 'any' }, [1, 0, 1]],
    ['all', { expression: 'hit.ok', aggregationMode: 'all', excludeChannels: ['c'] }, [1, 1, 0]],
    [
      'first',
      { expression: 'tcm.table_key', aggregationMode: 'first_at:hit.energy', initial: 0 },
      [102, 103, 101],
    ],
    [
      'last, below 0 too',
      { expression: '-hit.energy', aggregationMode: 'last_at:hit.energy' },
      [-10, -1, -20],
    ],
    [
      'gathers in the order of channels',
      { expression: 'hit.energy', aggregationMode: 'gather' },
      [[10, 5, 7], [1], [20, nan]],
    ],
    [
      'gathers, ordered, missing last',
      {
        expression: 'hit.energy',
        aggregationMode: 'gather',
        sort: 'descend_by:hit.energy',
        channels: ['ab'],
      },
      [[10, 7, 5], [], [20, nan]],
    ],
    [
      'gathers lists',
      { expression: 'hit.pulses', aggregationMode: 'gather' },
      [[[1, 2], [], [3]], [[9]], [[], [4, 5]]],
    ],
    ['reduces lists first', { expression: 'ak.sum(hit.pulses, axis=-1)', aggregationMode: 'sum' }, [6, 9, 9]],
    [
      'sets the number type',
      { expression: 'hit.energy', aggregationMode: 'sum', query: 'hit.ok', dtype: 'uint16' },
      [22, 0, 0],
    ],
  ])('%s', (_, operation, expected) => {
    expect(build({ field: operation })['field']).toEqual(expected);
  });

  it('goes on with fields made before, per event and per hit', () => {
    const made = build({
      places: {
        expression: 'tcm.index',
        aggregationMode: 'gather',
        channels: ['ab'],
        query: 'hit.energy > 6',
      },
      keys: { expression: 'tcm.table_key', aggregationMode: 'gather', channels: ['ab'] },
      e_at: { expression: 'hit.energy', aggregationMode: 'keep_at_idx:evt.places', channels: ['ab'] },
      e_ch: { expression: 'hit.energy', aggregationMode: 'keep_at_ch:evt.keys', channels: ['ab'] },
      leader: { expression: 'tcm.table_key', aggregationMode: 'last_at:hit.energy', initial: 0 },
      e_lead: {
        expression: 'hit.energy',
        aggregationMode: 'keep_at_ch:evt.leader',
        channels: ['ab'],
        initial: -1,
      },
      n: { expression: 'ak.num(evt.places)' },
      big: { expression: 'n > 1' },
      of_big: { expression: 'hit.energy', aggregationMode: 'sum', query: 'evt.big' },
      part: {
        expression: 'hit.energy / evt.n',
        aggregationMode: 'gather',
        channels: ['ab'],
        query: 'hit.ok',
      },
      _x___y___z: { expression: 'n + 1' },
    });
    expect(made).toEqual({
      places: [[101, 102], [], [105]],
      keys: [[101, 102, 102], [], [101, 102]],
      e_at: [[10, 7], [], [20]],
      e_ch: [[10, 5, 5], [], [20, nan]],
      leader: [101, 103, 101],
      e_lead: [10, -1, 20],
      n: [2, 0, 1],
      big: [1, 0, 0],
      of_big: [22, 0, 0],
      part: [[5, 2.5, 3.5], [], [nan]],
      _x: [['y', [['z', [3, 1, 2]]]]],
    });
  });

  it('reads only what it needs', () => {
    const made = plan({
      e: { expression: 'hit.energy', aggregationMode: 'sum', channels: ['c'], query: 'hit.ok' },
    });
    expect(Object.fromEntries(made.columnsOf('hit'))).toEqual({ 2: ['ok', 'energy'] });
  });

  it('calls functions with their arguments and parameters', () => {
    const scaled: EventFunction = {
      name: 'test.scaled',
      description: 'n times a number',
      prepare: (args) => ({
        columns: [],
        fields: ['evt.n'],
        type: (types) => types.get('evt.n')!,
        run: ({ fields }) => {
          const n = fields.get('evt.n')!;
          return { ...n, data: (n.data as BigInt64Array).map((value) => value * BigInt(Number(args['by']))) };
        },
      }),
    };
    const operations: Record<string, EventOperation> = {
      n: { expression: 'hit.ok', aggregationMode: 'sum' },
      m: {
        expression: "pkg.test.scaled(<...>, by=k, note='a, b')",
        aggregationMode: 'function',
        parameters: { k: 3 },
      },
    };
    const made = new EventPlan({ channels, operations, outputs: ['m'] }, { ...inputs, functions: [scaled] });
    const result = made.build({ map, firstHit: 0, rows: (_, i) => ({ start: 0, rows: hit[i]! }) });
    expect([...result.columns.keys()]).toEqual(['m']);
    expect(values(result.columns.get('m')!)).toEqual([9, 0, 3]);
  });

  it.each<[string, EventOperation]>([
    ['aggregation_mode "mean" is none of', { expression: 'hit.energy', aggregationMode: 'mean' }],
    ['operations.field: it has no expression', { aggregationMode: 'sum' }],
    ['hit.energy has a value per hit', { expression: 'hit.energy + 1' }],
    [
      'ch101/hit has no column nergy; did you mean energy?',
      { expression: 'hit.nergy', aggregationMode: 'sum' },
    ],
    [
      'names of hit columns begin with a tier (hit., evt., tcm.)',
      { expression: 'energy', aggregationMode: 'sum' },
    ],
    ['the map has table_key', { expression: 'tcm.rows', aggregationMode: 'sum' }],
    [
      'there is no channel list d; there are ab, c',
      { expression: '1', aggregationMode: 'sum', channels: ['d'] },
    ],
    ['there is no field evt.later', { expression: '1', aggregationMode: 'keep_at_ch:evt.later' }],
    ['keep_at_ch needs a field', { expression: '1', aggregationMode: 'keep_at_ch:hit.energy' }],
    ['it gives a list per hit', { expression: 'hit.pulses', aggregationMode: 'sum' }],
    ['must give one truth value per hit', { expression: '1', aggregationMode: 'sum', query: 'hit.energy' }],
    ['only gather has an order', { expression: '1', aggregationMode: 'sum', sort: 'ascend_by:hit.energy' }],
    ['neither ascend_by', { expression: '1', aggregationMode: 'gather', sort: 'up:hit.energy' }],
    ['initial: "none" is no number', { expression: '1', aggregationMode: 'sum', initial: 'none' }],
    ['there is no function f; there are none', { expression: 'f(<...>)', aggregationMode: 'function' }],
    ['is no call like', { expression: 'f', aggregationMode: 'function' }],
    ['dtype text is none of', { expression: '1', aggregationMode: 'sum', dtype: 'text' }],
  ])('refuses: %s', (message, field) => {
    expect(() => build({ field })).toThrow(message);
  });

  it('refuses a query that mixes hits and events, outputs that are not made, and rows that are not there', () => {
    const n: EventOperation = { expression: '1', aggregationMode: 'sum' };
    const mixed: EventOperation = { ...n, query: '(evt.n > 1) & hit.ok' };
    expect(() => plan({ n, mixed })).toThrow('operations.mixed: query: it mixes values per event');
    expect(() => plan({ n }, { outputs: ['m'] })).toThrow('outputs: there is no operation m; there are n');
    const energy: EventOperation = { expression: 'hit.energy', aggregationMode: 'sum' };
    const chunk = { map, firstHit: 0, rows: (_: string, i: number) => ({ start: 1, rows: hit[i]! }) };
    expect(() => plan({ energy }).build(chunk)).toThrow(
      'operations.energy: the map points to row 0 of table',
    );
  });
});
