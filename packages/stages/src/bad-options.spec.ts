import { parseOptions, type StageDeclaration, type TableReader } from '@countroom/pipeline';
import { describe, expect, it } from 'vitest';
import { calibrate } from './calibrate/calibrate.stage.js';
import { findCuts } from './find-cuts/find-cuts.stage.js';
import { findFilter } from './find-filter/find-filter.stage.js';
import { findDecayConstant } from './pole-zero/pole-zero.stage.js';
import { skim } from './skim/skim.js';
import { skimStage } from './skim/skim.stage.js';
import type { SkimQuery } from './skim/skim-options.js';
import { listsOfNumbers, memoryReader, numbersOf, tableOf } from './testing/memory-reader.js';
import { at, changed, expectForPeople, faultOf, type Json, pathsOf } from './testing/wrong-options.js';
import { correctTrapping } from './trapping/trapping.stage.js';

const rows = { cut: 'rms < 12', tables: ['ch*/dsp'] };

/** Options of jobs that use every key of theirs. */
const jobs: readonly (readonly [Pick<StageDeclaration<unknown>, 'name' | 'configSchema'>, Json])[] = [
  [
    calibrate,
    {
      from: 'dsp',
      column: 'trapEmax',
      source: 'Th-228',
      lines: [{ energy: 1460.8, name: 'K-40', below: 10, above: 10, broad: false, shape: 'tail' }],
      guess: 0.3,
      calibrated: false,
      degree: 1,
      likelihood: 'binned',
      mostUnbinned: 1000,
      positions: 'fits',
      tailPrior: 0,
      leastProbability: 1e-10,
      curve: 'auto',
      resolutionAt: 2039,
      output: 'cal',
      ...rows,
    },
  ],
  [
    findCuts,
    {
      from: 'hit',
      energy: 'cal',
      cleaning: [
        {
          of: 'rms',
          name: 'rms',
          below: 4,
          above: 3,
          outside: false,
          percentiles: { low: 1, high: 2 },
          otherwise: { low: 0, high: 9 },
          classifier: true,
        },
      ],
      flags: [{ name: 'early', expression: 't > 3' }],
      pulser: { time: 't', from: 10, to: 20, multiplicity: 3, tolerance: 0.1 },
      aoe: { of: 'a/e', keep: 0.9, high: 3, time: 't', drift: { of: 'd', by: 'groups' } },
      lq: { of: 'l/e', level: 3, drift: 'd' },
      escape: 1592.5,
      ...rows,
    },
  ],
  [
    correctTrapping,
    {
      from: 'dsp',
      column: 'trapEmax',
      drift: 'tp',
      guess: 0.3,
      energy: 2614.5,
      below: 30,
      above: 30,
      largest: 1e-5,
      steps: 11,
      fraction: 0.2,
      output: 'ctc',
      ...rows,
    },
  ],
  [findDecayConstant, {}],
  [findFilter, { guess: 0.3 }],
];

const hit = tableOf({
  energy: numbersOf('float32', [1, 2]),
  time: numbersOf('float64', [1, 2]),
  lists: listsOfNumbers('float64', [[1], []]),
});
const map = tableOf(
  { table_key: listsOfNumbers('int32', [[1], [1]]), row_in_table: listsOfNumbers('int32', [[0], [1]]) },
  { tables: '["ch1/hit"]', hash_func: '\\d+' },
);
const inputs = new Map<string, TableReader>([
  ['hit', memoryReader({ 'ch1/hit': hit })],
  ['tcm', memoryReader({ tcm: map })],
  ['evt', memoryReader({ evt: tableOf({ n: numbersOf('int32', [1, 1]) }) })],
]);

async function skimmed(query: unknown): Promise<void> {
  const parts = skim(query as SkimQuery, [{ inputs, facts: { number: 7 } }]);
  while ((await parts.next()).done !== true);
}

const query: Json = {
  rows: 'hits',
  tables: ['ch1'],
  columns: ['hit.energy', 'twice = 2*hit.energy', 'evt.n', 'run.number', 'slow.energy'],
  cuts: ['hit.energy > 0', { cut: 'evt.n > 0', join: 'append' }],
  keep: 'passing',
  sample: { rows: 10, seed: 1 },
  joins: [
    {
      name: 'slow',
      from: 'hit',
      table: 'ch1/hit',
      on: 'time',
      to: 'hit.time',
      tolerance: 1,
      direction: 'nearest',
    },
  ],
  entries: true,
  facts: { name: 'x' },
  runs: [],
  map: 'tcm',
  events: 'evt',
  paths: { hit: 'ch{}/hit' },
  name: 'skim',
  rowsAtOnce: 10,
};

const attempts = [
  ...jobs.map(([stage, options]) => ({
    name: stage.name,
    options,
    work: (given: Json) => Promise.resolve().then(() => void parseOptions(stage, given)),
  })),
  { name: skimStage.name, options: query, work: skimmed },
];

describe.each(attempts)('options of $name', (one) => {
  const paths = pathsOf(one.options).filter((path) => path.length > 0);
  const isName = (path: readonly string[]): boolean =>
    ['facts', 'paths'].includes(path.at(-2) ?? '') || Array.isArray(at(one.options, path.slice(0, -1)));

  it('are taken as they are', async () => {
    expect(await faultOf(one, one.options)).toBeUndefined();
  });

  it('tell the place of every key that is not known, and what there is', async () => {
    for (const path of paths.filter((each) => !isName(each))) {
      const fault = await faultOf(one, changed(one.options, path, { rename: `${path.at(-1)!}_x` }));
      expectForPeople(fault, path.join('.'));
      expect(fault.message).toContain(`there is no option ${path.at(-1)!}_x; there are `);
      expect(fault.message).toContain(path.slice(0, -1).join('.'));
    }
  });

  it('tell the place of every value of a wrong type', async () => {
    for (const path of paths) {
      const found = at(one.options, path);
      for (const put of [null, 1.5, 1e300, 'x y', true, [[1]], { x: [1] }, '', []]) {
        if (typeof put === typeof found && put !== null && Array.isArray(put) === Array.isArray(found))
          continue;
        // No limit on that side, and facts of any kind.
        if ((put === null && /^(below|above)$/.test(path.at(-1)!)) || path[0] === 'facts') continue;
        const place = `${path.join('.')}: ${JSON.stringify(put)}`;
        const fault = await faultOf(one, changed(one.options, path, { put }));
        expectForPeople(fault, place);
        expect(fault.message, place).toContain(path.slice(0, 1).join('.'));
      }
    }
  });

  it('are an object of options', async () => {
    for (const put of [null, 1, 'text', [], [{}]])
      expectForPeople(await faultOf(one, put), JSON.stringify(put));
  });
});

describe('a query that cannot be used tells where, why and what instead', () => {
  it.each<[object, string]>([
    [{}, 'columns: is missing; it must be a list'],
    [{ columns: [] }, 'columns: must have at least 1 entry'],
    [
      { columns: ['hit.enegry'] },
      'columns.0: hit.enegry: ch1/hit has no column enegry; did you mean energy?',
    ],
    [{ columns: ['hit.none'] }, 'ch1/hit has no column none; there are energy, time, lists'],
    [
      { columns: ['energy'] },
      'columns.0: energy: names begin with a tier, such as hit.energy; there are evt., tcm., run.',
    ],
    [{ columns: ['hits.energy'] }, 'needs a hits file for what is asked; given: hit, tcm, evt'],
    [
      { columns: ['hit.energy'], paths: { hit: 'geds{}/hit' } },
      'paths.hit: no table of memory fits geds{}/hit; it has ch1/hit',
    ],
    [{ columns: ['evt.m'] }, 'columns.0: evt.m: evt has no column m; there are n'],
    [{ columns: ['tcm.none'] }, 'the map has tcm.table_key, tcm.row_in_table, tcm.index'],
    [{ columns: ['run.nubmer'] }, 'run.nubmer is not known of this run; did you mean run.number?'],
    [{ columns: ['hit.energy + 1'] }, 'columns.0: give it a name: energy_sum = hit.energy + 1'],
    [{ columns: ['a = hit.energy', 'a = hit.time'] }, 'columns.1: there is a column a already'],
    [{ columns: ['a = sum(hit.energy)'] }, 'columns.0: it gives one value for all rows'],
    [{ columns: ['a = hit.energy + "b"'] }, 'columns.0: a text can only stand where a function takes one'],
    [{ columns: ['hit.energy'], cuts: ['hit.energy'] }, 'cuts.0: it gives float32, not true or false'],
    [{ columns: ['hit.energy'], cuts: ['hit.lists > 1'] }, 'cuts.0: it gives a list: make one value of it'],
    [{ columns: ['hit.energy'], cuts: ['hit.energy = 1'] }, 'cuts.0: unexpected "=": compare by =='],
    [{ columns: ['hit.energy'], tables: ['ch9*'] }, 'tables.0: no channel fits "ch9*"; there are ch1'],
    [{ columns: ['hit.energy'], rowsAtOnce: 1e30 }, 'rowsAtOnce: must be at most'],
  ])('%j', async (options, message) => {
    const fault = await faultOf({ work: skimmed }, options as Json);
    expectForPeople(fault, message);
    expect(fault.message).toContain(message);
  });
});
