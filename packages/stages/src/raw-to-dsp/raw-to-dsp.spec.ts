import { parseOptions, type RowTask, stageLineage, trackedOptions } from '@countroom/pipeline';
import type { NdArray } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { rawTable } from '../testing/raw-table.js';
import { rawToDsp } from './raw-to-dsp.stage.js';

const chain = {
  outputs: ['a_max', 'scaled'],
  processors: {
    'tp_min, tp_max, a_min, a_max': 'dspeed.processors.min_max(waveform, tp_min, tp_max, a_min, a_max)',
    scaled: { function: 'a_max * db.gain', defaults: { 'db.gain': 1 } },
  },
};
const other = { ...chain, outputs: ['a_min'] };

const tables = ['ch1/raw', 'ch2/raw', 'sipm3/raw'].map((path) => {
  const sample = rawTable(5, 20);
  return { path, rows: 5, sample };
});
const without = { path: 'status', rows: 2, sample: { ...rawTable(2, 4), columns: new Map() } };

function plan(options: object) {
  return rawToDsp.plan(parseOptions(rawToDsp, options), [...tables, without]);
}

async function run(task: RowTask): Promise<Record<string, number[]>> {
  const kernel = await rawToDsp.kernel(structuredClone(task));
  const { sample } = tables[0]!;
  const read = [...sample.columns].filter(([name]) => task.columns?.includes(name));
  const result = kernel.process({ ...sample, columns: new Map(read) }, 0);
  return Object.fromEntries(
    [...result.columns].map(([name, object]) => [name, [...((object as NdArray).data as Float32Array)]]),
  );
}

describe('raw_to_dsp', () => {
  it('takes every table that has what the chain reads, and renames raw to dsp', () => {
    const { tasks, remarks } = plan({ config: chain });
    expect(tasks.map(({ input, output }) => [input, output])).toEqual([
      ['ch1/raw', 'ch1/dsp'],
      ['ch2/raw', 'ch2/dsp'],
      ['sipm3/raw', 'sipm3/dsp'],
    ]);
    expect(remarks).toEqual(['status is left out: it has no waveform']);
    expect(tasks[0]?.columns).toEqual(['waveform']);
  });

  it('takes the tables that are named: paths, patterns, channels', () => {
    const inputs = (named: readonly string[]) =>
      plan({ config: chain, tables: named }).tasks.map(({ input }) => input);
    expect(inputs(['ch2/raw'])).toEqual(['ch2/raw']);
    expect(inputs(['ch?/raw'])).toEqual(['ch1/raw', 'ch2/raw']);
    expect(inputs(['sipm3'])).toEqual(['sipm3/raw']);
    expect(() => inputs(['nope*'])).toThrow('no table fits "nope*"; the input has ch1/raw, ch2/raw');
  });

  it('gives tables the first chain that fits, else the one for all', async () => {
    const channelConfigs = [
      { tables: 'ch2/*', config: other },
      { tables: 'ch*', config: chain },
    ];
    const { tasks, remarks } = plan({ channelConfigs });
    expect(await Promise.all(tasks.map(async (task) => Object.keys(await run(task))))).toEqual([
      ['a_max', 'scaled'],
      ['a_min'],
    ]);
    expect(remarks).toContain('sipm3/raw is left out: no chain is meant for it');
    expect(plan({ channelConfigs, config: chain }).tasks).toHaveLength(3);
    const byPattern = { 'ch2/*': other, 'ch*': chain };
    expect(parseOptions(rawToDsp, { channelConfigs: byPattern }).channelConfigs).toEqual(channelConfigs);
    expect(() => plan({})).toThrow('give a processing chain for all tables');
  });

  it('looks parameters up under the name of the channel', async () => {
    const { tasks } = plan({ config: chain, database: { ch1: { gain: 2 }, ch2: { gain: 10 } } });
    const results = await Promise.all(tasks.map(run));
    expect(results[0]!['a_max']).toEqual([100, 101, 102, 103, 104]);
    [2, 10, 1].forEach((gain, index) => {
      const { a_max: largest, scaled } = results[index]!;
      expect(scaled).toEqual(largest!.map((value) => gain * value));
    });
  });

  it('takes a range of rows and other outputs when asked', async () => {
    expect(plan({ config: chain }).tasks[0]?.rows).toBeUndefined();
    expect(plan({ config: chain, nMax: 3 }).tasks[0]?.rows).toEqual([0, 3]);
    expect(plan({ config: chain, nMax: 3, firstRow: 4 }).tasks[0]?.rows).toEqual([4, 7]);
    expect(plan({ config: chain, firstRow: 4 }).tasks[0]?.rows?.[0]).toBe(4);
    expect(Object.keys(await run(plan({ config: chain, outputs: ['a_min'] }).tasks[0]!))).toEqual(['a_min']);
  });

  it('writes an output that is named twice once, and no table without one', async () => {
    const { tasks } = plan({ config: chain, outputs: ['a_max', 'a_max'] });
    expect(Object.keys(await run(tasks[0]!))).toEqual(['a_max']);
    expect(() => plan({ config: chain, outputs: ['nothing'] })).toThrow(
      'for ch1/raw: none of the outputs is computed or in the table',
    );
  });

  it('says which chain fits no table', () => {
    const { remarks } = plan({ config: chain, channelConfigs: [{ tables: 'chl*', config: other }] });
    expect(remarks).toContain('the chain for chl* is not used: no table fits');
  });

  it('names the table for which a chain is faulty', () => {
    const faulty = { ...chain, processors: { ...chain.processors, scaled: 'a_max * db.nothing' } };
    expect(() => plan({ config: faulty })).toThrow(/raw_to_dsp: for ch1\/raw: .*db\.nothing/);
  });

  it('has a lineage of what chains and parameters say, in their order', () => {
    const lineage = (options: object) => stageLineage(rawToDsp, parseOptions(rawToDsp, options), []);
    const base = { config: chain, database: { ch1: { gain: 2 } } };
    expect(lineage(base)).toEqual(lineage(structuredClone(base)));
    expect(lineage(base)).not.toEqual(lineage({ ...base, database: { ch1: { gain: 3 } } }));
    expect(lineage(base)).not.toEqual(lineage({ ...base, nMax: 3 }));
    const [a, b] = [
      { tables: 'ch*', config: chain },
      { tables: '*', config: other },
    ];
    expect(lineage({ channelConfigs: [a, b] })).not.toEqual(lineage({ channelConfigs: [b, a] }));
    expect(JSON.stringify(trackedOptions(rawToDsp, parseOptions(rawToDsp, base)))).not.toContain('.json');
  });
});
