import type { TableReader } from '@countroom/pipeline';
import { concatRows, type Table } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { listsOfNumbers, memoryReader, numbersOf, tableOf, valuesOf } from '../testing/memory-reader.js';
import { skim } from './skim.js';
import type { SkimQuery } from './skim-options.js';

/** Events: ch1 row 0 + ch2 row 0; ch2 row 1; ch1 row 1 + ch1 row 2 + ch3 row 0. */
const keys = [[1, 2], [2], [1, 1, 3]];
const rows = [[0, 0], [1], [1, 2, 0]];
const hit = {
  'ch1/hit': tableOf({
    energy: numbersOf('float32', [10, 20, 30], 'keV'),
    pulses: listsOfNumbers('float64', [[1, 2], [], [3]]),
  }),
  'ch2/hit': tableOf({
    energy: numbersOf('float32', [40, 50], 'keV'),
    pulses: listsOfNumbers('float64', [[4], [5]]),
  }),
  'ch3/hit': tableOf({ energy: numbersOf('float32', [60], 'keV'), pulses: listsOfNumbers('float64', [[]]) }),
};
const dsp = {
  'ch1/dsp': tableOf({
    energy: numbersOf('uint16', [1, 2, 3]),
    timestamp: numbersOf('float64', [0, 20, 21]),
  }),
  'ch2/dsp': tableOf({ energy: numbersOf('uint16', [4, 5]), timestamp: numbersOf('float64', [1, 10]) }),
  'ch3/dsp': tableOf({ energy: numbersOf('uint16', [6]), timestamp: numbersOf('float64', [22]) }),
};
const attrs = { tables: '["ch1/hit","ch2/hit","ch3/hit"]', hash_func: '\\d+' };
const tcm = {
  hardware_tcm_1: tableOf(
    { table_key: listsOfNumbers('int32', keys), row_in_table: listsOfNumbers('int32', rows) },
    attrs,
  ),
};
const evt = { evt: tableOf({ n: numbersOf('int32', [2, 1, 3]), sums: numbersOf('float64', [50, 50, 110]) }) };

type Reads = { path: string; rows: number; columns: readonly string[] | undefined }[];

function inputs(reads: Reads = []): ReadonlyMap<string, TableReader> {
  const tiers = {
    hit,
    dsp,
    tcm,
    evt,
    slow: { slow: tableOf({ t: numbersOf('float64', [2, 9, 30]), v: numbersOf('int32', [7, 8, 9]) }) },
  };
  return new Map(Object.entries(tiers).map(([tier, tables]) => [tier, memoryReader(tables, reads)]));
}

async function run(query: SkimQuery, reads: Reads = [], from = inputs(reads)): Promise<Table> {
  const parts: Table[] = [];
  for await (const part of skim(query, [{ inputs: from, facts: { number: 7, name: 'r7' } }]))
    parts.push(part);
  return concatRows(parts);
}

async function lists(query: SkimQuery, reads: Reads = []): Promise<Record<string, unknown[]>> {
  const table = await run({ entries: false, ...query }, reads);
  return Object.fromEntries([...table.columns].map(([name, column]) => [name, valuesOf(column)]));
}

describe('one row per hit', () => {
  it('reads tiers in step, channel by channel, and keeps number types and units', async () => {
    const table = await run({
      columns: ['hit.energy', 'dsp.energy', 'run.number', 'run.name', 'double = 2*hit.energy'],
    });
    expect([...table.columns.keys()]).toEqual([
      'table_key',
      'row_in_table',
      'hit_energy',
      'dsp_energy',
      'number',
      'name',
      'double',
    ]);
    expect(table.columns.get('hit_energy')).toMatchObject({ dtype: 'float32', attrs: { units: 'keV' } });
    expect(table.columns.get('dsp_energy')).toMatchObject({ dtype: 'uint16' });
    expect(valuesOf(table.columns.get('table_key'))).toEqual([1, 1, 1, 2, 2, 3]);
    expect(valuesOf(table.columns.get('row_in_table'))).toEqual([0, 1, 2, 0, 1, 0]);
    expect(valuesOf(table.columns.get('double'))).toEqual([20, 40, 60, 80, 100, 120]);
    expect(valuesOf(table.columns.get('name'))).toEqual(Array(6).fill('r7'));
  });

  it.each([1, 2, 5, 1000])('joins events by the map, with %d rows at once', async (rowsAtOnce) => {
    expect(
      await lists({
        columns: ['hit.energy', 'evt.n', 'tcm.index', 'hit.pulses'],
        cuts: ['hit.energy < 10*evt.n + 25'],
        rowsAtOnce,
      }),
    ).toEqual({
      energy: [10, 40, 20, 30],
      n: [2, 2, 3, 3],
      index: [0, 1, 3, 4],
      pulses: [[1, 2], [4], [], [3]],
    });
    expect(
      await lists({ columns: ['hit.energy'], cuts: ['hit.energy == 20'], keep: 'events', rowsAtOnce }),
    ).toEqual({ energy: [20, 30, 60] });
  });

  it('refines and appends cuts in their order', async () => {
    const cuts: SkimQuery['cuts'] = [
      'hit.energy > 15',
      { cut: 'hit.energy < 55' },
      { cut: 'hit.energy == 10', join: 'append' },
    ];
    expect(await lists({ columns: ['hit.energy'], cuts })).toEqual({ energy: [10, 20, 30, 40, 50] });
    expect(
      await lists({ columns: ['hit.energy'], cuts: [{ cut: 'hit.energy == 10', join: 'append' }] }),
    ).toEqual({
      energy: [10],
    });
  });

  it('chooses channels with and without a cut', async () => {
    expect(await lists({ columns: ['hit.energy'], tables: ['ch2', '3'] })).toEqual({ energy: [40, 50, 60] });
    expect(
      await lists({ columns: ['hit.energy', 'evt.n'], tables: ['ch1/hit'], cuts: ['evt.n > 2'] }),
    ).toEqual({
      energy: [20, 30],
      n: [3, 3],
    });
  });

  it('reads only the columns and rows that are needed', async () => {
    const reads: Reads = [];
    await lists({ columns: ['hit.pulses'], cuts: ['dsp.energy == 2'] }, reads);
    expect(reads.filter(({ path, rows: count }) => path.endsWith('/hit') && count > 0)).toEqual([
      { path: 'ch1/hit', rows: 1, columns: ['pulses'] },
    ]);
    expect(reads.flatMap(({ path, columns }) => (path.endsWith('/dsp') ? columns : []))).toEqual(
      Array(3).fill('energy'),
    );
    expect(reads.some(({ path }) => path === 'evt' || path === 'hardware_tcm_1')).toBe(false);
  });

  it('joins tables by time', async () => {
    const join = { name: 'slow', from: 'slow', table: 'slow', on: 't', to: 'dsp.timestamp', tolerance: 5 };
    const values = async (direction: 'nearest' | 'before' | 'after'): Promise<unknown> =>
      (await lists({ columns: ['slow.v'], joins: [{ ...join, direction }] }))['v'];
    expect(await values('nearest')).toEqual([7, NaN, NaN, 7, 8, NaN]);
    expect(await values('before')).toEqual([NaN, NaN, NaN, NaN, 8, NaN]);
    expect(await values('after')).toEqual([7, NaN, NaN, 7, NaN, NaN]);
    expect(await lists({ columns: ['dsp.timestamp'], cuts: ['slow.v > 7'], joins: [join] })).toEqual({
      timestamp: [10],
    });
  });

  it('takes a random sample that does not depend on the blocks', async () => {
    const sample = { rows: 3, seed: 5 };
    const all = await Promise.all(
      [1, 2, 100].map((rowsAtOnce) => lists({ columns: ['hit.energy'], sample, rowsAtOnce })),
    );
    expect(all[0]!['energy']).toHaveLength(3);
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).toEqual(all[0]);
    const more = await lists({ columns: ['hit.energy'], cuts: ['hit.energy > 15'], sample: { rows: 100 } });
    expect(more).toEqual({ energy: [20, 30, 40, 50, 60] });
  });
});

describe('lists that do not fit together', () => {
  const lists = {
    'ch1/hit': tableOf({
      long: listsOfNumbers('float64', [[1, 2]]),
      short: listsOfNumbers('float64', [[1]]),
    }),
  };
  it.each<[SkimQuery, string]>([
    [{ columns: ['hit.long', 'sum = hit.long + hit.short'] }, 'columns.1'],
    [{ columns: ['hit.long'], cuts: ['ak.any(hit.long > hit.short, axis=-1)'] }, 'cuts.0'],
  ])('are told at the place of the query: %j', async (query, path) => {
    const made = run(query, [], new Map([['hit', memoryReader(lists)]]));
    await expect(made).rejects.toMatchObject({ issues: [{ path }] });
  });
});

describe('one row per event', () => {
  it.each([1, 2, 1000])('has columns of hits as lists, with %d rows at once', async (rowsAtOnce) => {
    expect(
      await lists({
        rows: 'events',
        columns: ['evt.n', 'hit.energy', 'hit.pulses', 'sum = ak.sum(hit.energy, axis=-1)', 'tcm.table_key'],
        rowsAtOnce,
      }),
    ).toEqual({
      n: [2, 1, 3],
      energy: [[10, 40], [50], [20, 30, 60]],
      pulses: [[[1, 2], [4]], [[5]], [[], [3], []]],
      sum: [50, 50, 110],
      table_key: keys,
    });
  });

  it('cuts on events, and on hits within events', async () => {
    const columns = ['evt.n', 'hit.energy'];
    expect(await lists({ rows: 'events', columns, cuts: ['evt.n != 1', 'hit.energy > 15'] })).toEqual({
      n: [2, 3],
      energy: [[40], [20, 30, 60]],
    });
    expect(await lists({ rows: 'events', columns, cuts: ['hit.energy > 55'], keep: 'events' })).toEqual({
      n: [3],
      energy: [[20, 30, 60]],
    });
    expect(
      await lists({
        rows: 'events',
        columns,
        cuts: ['hit.energy > 55', { cut: 'evt.n == 1', join: 'append' }],
      }),
    ).toEqual({ n: [1, 3], energy: [[50], [60]] });
    expect(await lists({ rows: 'events', columns, cuts: ['ak.max(hit.energy, axis=-1) < 55'] })).toEqual({
      n: [2, 1],
      energy: [[10, 40], [50]],
    });
  });

  it('needs no map for columns of events alone, and lets chosen channels choose events', async () => {
    const reads: Reads = [];
    expect(await lists({ rows: 'events', columns: ['evt.*'], cuts: ['evt.sums > 60'] }, reads)).toEqual({
      n: [3],
      sums: [110],
    });
    expect(reads.some(({ path }) => path === 'hardware_tcm_1')).toBe(false);
    expect(await lists({ rows: 'events', columns: ['evt.n'], tables: ['ch3'] })).toEqual({ n: [3] });
  });
});

describe('a query that cannot be used', () => {
  it.each<[SkimQuery, string]>([
    [
      { columns: ['hit.nothing'] },
      'columns.0: hit.nothing: ch1/hit has no column nothing; there are energy, pulses',
    ],
    [{ columns: ['psp.energy'] }, 'needs a psp file for what is asked; given: hit, dsp, tcm, evt, slow'],
    [{ columns: ['energy'] }, 'columns.0: energy: names begin with a tier'],
    [{ columns: ['evt.nothing'] }, 'columns.0: evt.nothing: evt has no column nothing; there are n, sums'],
    [{ columns: ['tcm.nothing'] }, 'columns.0: tcm.nothing: the map has tcm.table_key'],
    [{ columns: ['run.mode'] }, 'run.mode is not known of this run; there are run.number, run.name'],
    [{ columns: ['hit.energy + 1'] }, 'columns.0: give it a name'],
    [{ columns: ['a = hit.energy +'] }, 'columns.0: the expression ends too early at character'],
    [{ columns: ['a = hit.energy', 'a = dsp.energy'] }, 'columns.1: there is a column a already'],
    [{ columns: ['a = sum(hit.energy)'] }, 'columns.0: it gives one value for all rows'],
    [{ columns: ['n = run.name + 1'] }, 'run.name does not hold numbers'],
    [{ columns: ['hit.energy'], cuts: ['hit.energy'] }, 'cuts.0: it gives float32, not true or false'],
    [{ columns: ['hit.energy'], cuts: ['hit.pulses > 1'] }, 'cuts.0: it gives a list'],
    [
      { columns: ['hit.energy'], tables: ['ch9'] },
      'tables.0: no channel fits "ch9"; there are ch1, ch2, ch3',
    ],
    [{ columns: ['evt.n'], map: 'other', rows: 'hits' }, 'map: there is no coincidence map other'],
    [
      {
        columns: ['hit.energy'],
        joins: [{ name: 'hit', from: 'slow', table: 'slow', to: 'dsp.timestamp', tolerance: 1 }],
      },
      'joins.0.on: timestamp of slow is no time per row',
    ],
    [
      {
        columns: ['s.v'],
        joins: [{ name: 's', from: 'slow', table: 'x', to: 'dsp.timestamp', tolerance: 1 }],
      },
      'joins.0.table: there is no x; there are slow',
    ],
  ])('%j', async (query, message) => {
    await expect(run(query)).rejects.toThrow(message);
  });
});
