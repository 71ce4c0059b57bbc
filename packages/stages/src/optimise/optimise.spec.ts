import type { AnalysisReport, AnalysisSummary } from '@countroom/contracts';
import { type OutputObject, parseOptions, type TableReader } from '@countroom/pipeline';
import type { NdArray, Scalar, Table } from '@countroom/records';
import { batchFromTable, tableFromBatch } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { planTask } from '../raw-to-dsp/chain-kernel.js';
import { rawTable } from '../testing/raw-table.js';
import { ChainLevels } from './chain-levels.js';
import { optimiseDsp } from './optimise.stage.js';

/** Steps with noise: the longer a sum over both sides, the less noise its difference has, until it meets the end. */
const noisy: Table = (() => {
  const rows = 400;
  const table = rawTable(rows, 64);
  const waveform = table.columns.get('waveform') as Table;
  const values = waveform.columns.get('values') as NdArray;
  let state = 11n;
  const random = (): number => {
    state = (state * 25214903917n + 11n) & 0xffffffffffffn;
    return Number(state) / 2 ** 48;
  };
  const data = Uint16Array.from(
    { length: rows * 64 },
    (_, i) => (i % 64 < 32 ? 500 : 1500) + Math.floor(40 * random()),
  );
  const columns = new Map(waveform.columns).set('values', { ...values, data });
  return { ...table, columns: new Map(table.columns).set('waveform', { ...waveform, columns }) };
})();

const chain = {
  outputs: ['height'],
  processors: {
    bl: {
      function: 'mean',
      module: 'numpy',
      args: ['waveform[0:db.bl.length]', 'bl'],
      kwargs: { signature: '(n)->()', types: ['f->f'] },
    },
    wf: { function: 'subtract', module: 'numpy', args: ['waveform', 'bl', 'wf'] },
    trap: { function: 'trap_norm', module: 'dspeed.processors', args: ['wf', 'db.trap.rise', 4, 'trap'] },
    height: {
      function: 'amax',
      module: 'numpy',
      args: ['trap', 1, 'height'],
      kwargs: { signature: '(n),()->()', types: ['fi->f'] },
    },
    unused: 'height * db.no.such',
  },
};

const reader: TableReader = {
  name: 'raw.lh5',
  tables: () => Promise.resolve([{ path: 'ch1/raw', rows: noisy.rows, sample: noisy }]),
  read: () => Promise.resolve(noisy),
};

/** What the last run has written. */
let objects: readonly OutputObject[] = [];

const reports = (written: readonly OutputObject[]): AnalysisReport[] =>
  written.map(({ object }) => JSON.parse(String((object as Scalar).value)) as AnalysisReport);

async function run(options: object): Promise<AnalysisSummary> {
  const made: OutputObject[] = [];
  objects = made;
  const config = parseOptions(optimiseDsp, { config: chain, ...options });
  const work = optimiseDsp.run(config, new Map([['raw', reader]]), {
    signal: new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
  });
  for (;;) {
    const next = await work.next();
    if (next.done === true) return next.value as unknown as AnalysisSummary;
    if ('object' in next.value) made.push(next.value);
  }
}

const figure = { kind: 'spread', of: 'height' };

describe('levels of a chain', () => {
  const levels = () => new ChainLevels('ch1/raw', chain, ['bl.length', 'trap.rise'], {}, ['height']);

  it('are computed again only behind what has changed', () => {
    const chainLevels = levels();
    for (const length of [8, 16]) for (const rise of [4, 8, 12]) chainLevels.evaluate(noisy, [length, rise]);
    expect(chainLevels.runs).toEqual([1, 2, 6]);
  });

  it('give what the whole chain gives', () => {
    const chainLevels = levels();
    chainLevels.evaluate(noisy, [8, 4]);
    const cut = chainLevels.evaluate(noisy, [16, 10]).columns.get('height') as NdArray;
    const database = { bl: { length: 16 }, trap: { rise: 10 } };
    const whole = planTask('ch1/raw', { config: chain, database, sample: noisy });
    const made = tableFromBatch(whole.run(batchFromTable('ch1/raw', noisy), { firstRow: 0 })).columns.get(
      'height',
    ) as NdArray;
    expect([...(cut.data as Float32Array)]).toEqual([...(made.data as Float32Array)]);
  });
});

describe('optimise_dsp', () => {
  it('finds the best point of a grid and proposes it', async () => {
    const parameters = [
      { name: 'bl.length', values: [4, 24] },
      { name: 'trap.rise', values: [2, 6, 12, 24] },
    ];
    const { content, tables } = await run({ parameters, figure });
    expect(content).toEqual({ ch1: { bl: { length: 24 }, trap: { rise: 24 } } });
    expect(tables[0]).toMatchObject({ channel: 'ch1', verdict: 'doubtful' });
    expect(tables[0]!.remarks[0]).toContain('lies at the end of its values (24)');
  });

  it('goes on behind values that the chain refuses, and says why they have no figure', async () => {
    const parameters = [
      { name: 'bl.length', values: [4, 24] },
      { name: 'trap.rise', values: [6, 12, 60] },
    ];
    const { content, tables } = await run({ parameters, figure });
    expect(content).toMatchObject({ ch1: { trap: { rise: 12 } } });
    expect(tables[0]!.remarks.join()).toMatch(/2 of 6 points have no figure: .*trap/);
    const [{ plots, tables: listed }] = reports(objects) as [AnalysisReport];
    const { trials } = plots[0]!;
    expect(trials).toMatchObject({ layout: 'grid', axes: [{ name: 'bl.length' }, { numbers: [6, 12, 60] }] });
    expect(trials!.values.map((value) => value === null)).toEqual([false, false, true, false, false, true]);
    expect(trials!.faults.map(({ point }) => point)).toEqual([2, 5]);
    expect(listed[1]).toMatchObject({
      title: 'Points without a figure',
      rows: [['4', '60', expect.any(String)], {}],
    });
    expect(plots.at(-1)).toMatchObject({ name: 'distribution', series: [{ kind: 'steps' }] });
    const none = [{ name: 'trap.rise', values: [60, 70] }];
    const database = { ch1: { bl: { length: 16 } } };
    await expect(run({ parameters: none, figure, database })).rejects.toThrow('for ch1/raw');
  });

  it('tells of every point, and stops between two of them', async () => {
    const parameters = [{ name: 'trap.rise', values: [2, 4, 6, 8] }];
    const config = parseOptions(optimiseDsp, {
      config: chain,
      parameters,
      figure,
      database: { ch1: { bl: { length: 16 } } },
    });
    const seen: unknown[] = [];
    const stop = new AbortController();
    const work = optimiseDsp.run(config, new Map([['raw', reader]]), {
      signal: stop.signal,
      progress: (...told) => {
        seen.push(told);
        if (told[0] === 2) stop.abort();
      },
      log: () => undefined,
    });
    while ((await work.next()).done !== true);
    expect(seen).toEqual([
      [1, 4, 'points'],
      [2, 4, 'points'],
    ]);
  });

  it('searches with a simplex between the values', async () => {
    const parameters = [{ name: 'trap.rise', values: ['64*ns', '384*ns'] }];
    const { content, tables } = await run({
      parameters,
      figure,
      method: 'simplex',
      database: { ch1: { bl: { length: 16 } } },
    });
    const { trap } = (content as { ch1: { trap: { rise: string } } }).ch1;
    expect(trap.rise).toMatch(/^[\d.]+\*ns$/);
    expect(Number.parseFloat(trap.rise)).toBeGreaterThan(250);
    expect(tables[0]!.numbers.find(({ name }) => name === 'points')!.value).toBeLessThanOrEqual(120);
  });

  it('searches where a try is worth most, the same way again', async () => {
    const options = {
      parameters: [{ name: 'trap.rise', values: ['64*ns', '384*ns'] }],
      figure,
      method: 'bayesian',
      points: 12,
      database: { ch1: { bl: { length: 16 } } },
    };
    const { content, tables } = await run(options);
    const { trap } = (content as { ch1: { trap: { rise: string } } }).ch1;
    expect(Number.parseFloat(trap.rise)).toBeGreaterThan(250);
    expect(tables[0]!.numbers.find(({ name }) => name === 'points')!.value).toBe(12);
    expect((await run(options)).content).toEqual(content);
  });

  it('finds the lowest place between the values of a grid', async () => {
    const values = ['64*ns', '128*ns', '192*ns', '256*ns', '320*ns', '384*ns'];
    const parameters = [{ name: 'trap.rise', values }];
    const database = { ch1: { bl: { length: 16 } } };
    const { content, tables } = await run({ parameters, figure, database, between: true });
    const { trap } = (content as { ch1: { trap: { rise: string } } }).ch1;
    expect(Number.parseFloat(trap.rise)).toBeGreaterThan(250);
    const place = tables[0]!.numbers.find(({ name }) => name === 'between')!;
    expect([place.unit, place.error! >= 0]).toEqual(['ns', true]);
    await expect(run({ parameters: [...parameters, ...parameters], figure, between: true })).rejects.toThrow(
      'between: a curve needs a grid of one parameter',
    );
  });

  it('is doubtful where all points are as good as the best one', async () => {
    const parameters = [{ name: 'no.such', values: [1, 2, 3] }];
    const database = { ch1: { trap: { rise: 8 }, bl: { length: 16 } } };
    const { tables } = await run({ parameters, figure, database });
    expect(tables[0]).toMatchObject({ verdict: 'doubtful' });
    expect(tables[0]!.remarks).toContain(
      'no.such from 1 to 3 are as good within 2 standard deviations: more rows tell them apart',
    );
  });

  it('says what is wrong with its options and its chain', async () => {
    const parameters = [{ name: 'trap.rise', values: [2, 3] }];
    await expect(run({ parameters, figure })).rejects.toThrow('for ch1/raw');
    await expect(run({ parameters, figure: { kind: 'line', of: 'height' } })).rejects.toThrow(
      'figure.guess: a line is looked for',
    );
    const unread = [{ name: 'trap.rize', values: [2, 3] }];
    await expect(run({ parameters: unread, figure })).rejects.toThrow(
      'parameters.0.name: the chain does not read db.trap.rize: it reads db.bl.length, db.no.such, db.trap.rise',
    );
    const units = [{ name: 'trap.rise', values: ['2*us', '3*ns'] }];
    await expect(run({ parameters: units, figure, method: 'simplex' })).rejects.toThrow(
      'all with the same unit',
    );
  });

  it('changes parameters in step, and rounds what it searches', async () => {
    const together = [{ name: 'bl.length', values: [4, 8, 16, 24] }];
    const { content } = await run({
      parameters: [{ name: 'trap.rise', values: [2, 6, 12, 24], together }],
      figure,
    });
    expect(content).toEqual({ ch1: { bl: { length: 24 }, trap: { rise: 24 } } });
    const few = [{ name: 'bl.length', values: [4, 8] }];
    await expect(
      run({ parameters: [{ name: 'trap.rise', values: [2, 6, 12], together: few }], figure }),
    ).rejects.toThrow('as many values as the parameter');
    const rounded = await run({
      parameters: [{ name: 'trap.rise', values: ['64*ns', '384*ns'], step: 16 }],
      figure: { kind: 'noise', of: 'height' },
      method: 'bayesian',
      points: 8,
      database: { ch1: { bl: { length: 16 } } },
    });
    const { trap } = (rounded.content as { ch1: { trap: { rise: string } } }).ch1;
    expect(Number.parseFloat(trap.rise) % 16).toBe(0);
    expect(rounded.tables[0]!.numbers[0]!.label).toBe('FWHM of noise of height');
  });
});
