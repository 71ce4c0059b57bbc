import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csvRows } from '../export/csv-file.js';
import { parquetRows } from '../export/parquet-file.js';
import { runTableStageOnFiles } from '../files/run-table-stage.js';
import { listsOfNumbers, memoryReader, numbersOf, tableOf, valuesOf } from '../testing/memory-reader.js';
import { skimStage } from './skim.stage.js';
import { skimBytes, skimToFile } from './skim-file.js';
import { skimHistogram } from './skim-histogram.js';
import { type SkimQuery, skimOptions } from './skim-options.js';
import type { SkimFiles } from './skim-runs.js';

const table = (energies: number[]): ReturnType<typeof tableOf> =>
  tableOf({
    energy: numbersOf('float32', energies, 'keV'),
    pulses: listsOfNumbers(
      'float64',
      energies.map((energy) => [energy, 1]),
    ),
    others: listsOfNumbers(
      'float64',
      energies.map(() => [1]),
    ),
  });

describe('histograms of a query', () => {
  const runs = [
    { inputs: new Map([['hit', memoryReader({ 'ch1/hit': table([1, 2, 3, NaN]) })]]), facts: { number: 1 } },
    { inputs: new Map([['hit', memoryReader({ 'ch1/hit': table([3, 9]) })]]), facts: { number: 2 } },
  ];

  it('counts over runs, with limits of the data or given ones', async () => {
    const axis = { expression: 'hit.energy', bins: 4 };
    const { stdev, ...made } = await skimHistogram({}, runs, [axis]);
    expect(stdev).toBeCloseTo(2.8, 10);
    expect(made).toEqual({
      axes: [{ expression: 'hit.energy', units: 'keV', bins: 4, min: 1, max: 9 }],
      counts: Float64Array.of(2, 2, 0, 1),
      entries: 6,
      below: 0,
      above: 0,
      nan: 1,
      mean: 3.6,
    });
    const given = await skimHistogram({ cuts: ['run.number == 1'] }, runs, [
      { ...axis, bins: 1, min: 2, max: 2.5 },
    ]);
    expect(given).toMatchObject({ below: 1, above: 1, nan: 1, entries: 4 });
  });

  it('counts over two axes, and along lists', async () => {
    const made = await skimHistogram({}, runs, [
      { expression: 'hit.energy', bins: 2, min: 0, max: 10 },
      { expression: 'hit.pulses', bins: 2, min: 0, max: 10 },
    ]);
    expect(made).toMatchObject({ counts: Float64Array.of(8, 0, 1, 1), entries: 12, nan: 2 });
  });

  it.each<[Parameters<typeof skimHistogram>[2], string]>([
    [[], 'axes: one or two'],
    [[{ expression: 'hit.energy', bins: 0 }], 'axes.0.bins'],
    [[{ expression: 'hit.energy', bins: 1, min: 2, max: 1 }], 'enclose nothing'],
    [
      [
        { expression: 'hit.energy', bins: 1e5 },
        { expression: 'hit.energy', bins: 1e5 },
      ],
      'too many',
    ],
    [[{ expression: 'hit.none', bins: 1 }], 'skim: axes.0: '],
    [
      [
        { expression: 'hit.energy', bins: 1 },
        { expression: 'hit.energy +', bins: 1 },
      ],
      'skim: axes.1: ',
    ],
    [
      [
        { expression: 'hit.pulses', bins: 1 },
        { expression: 'hit.pulses + hit.others', bins: 1 },
      ],
      'skim: axes.1: ',
    ],
  ])('refuses %j', async (axes, message) => {
    await expect(skimHistogram({}, runs, axes)).rejects.toThrow(message);
  });
});

describe('files of a query', () => {
  let folder: string;
  let runs: SkimFiles[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countroom-skim-'));
    runs = [];
    for (const [number, energies] of [
      [1, 2, 3],
      [4, 5],
    ].entries()) {
      const hit = join(folder, `hit${number}.lh5`);
      const writer = await lh5Backend.createWriter(hit);
      await writer.append('ch7/hit', table(energies));
      await writer.close();
      runs.push({ files: { hit }, facts: { number } });
    }
  });
  afterEach(() => rm(folder, { recursive: true }));
  const query = { columns: ['run.number', 'hit.energy', 'hit.pulses'], cuts: ['hit.energy > 1.5'] };

  it('are LH5, Parquet and CSV, over several runs', async () => {
    const lh5 = join(folder, 'out.lh5');
    expect(await skimToFile({ query, runs, output: lh5 })).toEqual({
      rows: 4,
      columns: ['table_key', 'row_in_table', 'number', 'energy', 'pulses'],
      leftOut: [],
    });
    const reader = await lh5Backend.openReader(lh5);
    const made = await reader.readTable('skim');
    await reader.close();
    expect(valuesOf(made.columns.get('energy'))).toEqual([2, 3, 4, 5]);
    expect(valuesOf(made.columns.get('pulses'))).toEqual([
      [2, 1],
      [3, 1],
      [4, 1],
      [5, 1],
    ]);
    const parquet = join(folder, 'out.parquet');
    expect(await skimToFile({ query, runs, output: parquet })).toMatchObject({ rows: 4, leftOut: [] });
    const found = await parquetReadObjects({ file: await asyncBufferFromFile(parquet) });
    const last = { table_key: 7, row_in_table: 1, number: 1n, energy: 5, pulses: [5, 1] };
    expect(found.at(-1)).toEqual(last);
    const csv = join(folder, 'out.csv');
    expect(await skimToFile({ query: { ...query, entries: false }, runs, output: csv })).toMatchObject({
      leftOut: ['pulses'],
    });
    expect(await readFile(csv, 'utf8')).toBe('number,energy\n0,2\n0,3\n1,4\n1,5\n');
    await expect(skimToFile({ query, runs, output: csv })).rejects.toThrow('exists already');
    await expect(skimToFile({ query, runs, output: join(folder, 'out.txt') })).rejects.toThrow(
      'say the format',
    );
  });

  it('come as bytes, the first of them before any row', async () => {
    const text = async (asked: SkimQuery): Promise<string[]> => {
      const parts: string[] = [];
      for await (const part of skimBytes({ entries: false, ...asked }, runs, csvRows({ units: true })))
        parts.push(Buffer.from(part).toString());
      return parts;
    };
    expect(await text(query)).toEqual(['number,energy / keV\n', '0,2\n0,3\n', '1,4\n1,5\n']);
    expect(await text({ ...query, cuts: ['hit.energy > 9'] })).toEqual(['number,energy / keV\n']);
    const parts: Uint8Array[] = [];
    for await (const part of skimBytes(query, runs, parquetRows())) parts.push(part);
    const { buffer } = Uint8Array.from(Buffer.concat(parts));
    expect(Buffer.from(parts[0]!).toString()).toBe('PAR1');
    const found = await parquetReadObjects({ file: buffer });
    expect(found).toHaveLength(4);
    expect(found.at(-1)).toMatchObject({ pulses: [5, 1] });
  });

  it('leave nothing behind when something is wrong', async () => {
    for (const name of ['a.lh5', 'a.csv', 'a.parquet']) {
      const wrong = { columns: ['hit.none'] };
      await expect(skimToFile({ query: wrong, runs, output: join(folder, name) })).rejects.toThrow(
        'no column none',
      );
    }
    await expect(
      skimToFile({ query, runs, output: join(folder, 'hit0.lh5'), overwrite: true }),
    ).rejects.toThrow('is the file that is read, and would be lost');
    expect((await readdir(folder)).sort()).toEqual(['hit0.lh5', 'hit1.lh5']);
  });

  it('are made by the stage over several runs at once, each with its facts', async () => {
    const named = [1, 2].map((number) => ({ detector: 'demo', number, facts: { number } }));
    const options = { ...query, columns: ['run.number', 'hit.energy'], runs: named };
    const output = join(folder, 'out.lh5');
    const inputs = { hit: runs.map(({ files }) => files['hit'] as string) };
    const made = await runTableStageOnFiles({ stage: skimStage, options, inputs, output });
    expect(made).toMatchObject({ rows: 4, report: { rows: 4, read: 5 } });
    const reader = await lh5Backend.openReader(output);
    const rows = await reader.readTable('skim');
    await reader.close();
    expect(valuesOf(rows.columns.get('number'))).toEqual([1, 1, 2, 2]);
    expect(valuesOf(rows.columns.get('energy'))).toEqual([2, 3, 4, 5]);
    const few = { ...inputs, hit: inputs.hit.slice(1) };
    await expect(
      runTableStageOnFiles({ stage: skimStage, options, inputs: few, output, overwrite: true }),
    ).rejects.toThrow('its options name 2 runs, but there are 1 hit files');
  });

  it('are made by the stage, which reads what its options name', async () => {
    const reads = (options: object): readonly string[] => skimStage.reads!(skimOptions.parse(options));
    expect(reads({ columns: ['hit.energy'] })).toEqual(['hit']);
    expect(reads({ columns: ['hit.energy', 'x = dsp.a + evt.b'] })).toEqual(['hit', 'dsp', 'evt', 'tcm']);
    expect(reads({ columns: ['evt.b'], rows: 'events' })).toEqual(['evt']);
    expect(reads({ columns: ['run.number'] })).toEqual(['tcm']);
    const output = join(folder, 'out.lh5');
    const inputs = { hit: runs[0]!.files['hit']! };
    const made = await runTableStageOnFiles({
      stage: skimStage,
      options: { columns: ['hit.energy'] },
      inputs,
      output,
    });
    expect(made).toMatchObject({ rows: 3, report: { rows: 3, read: 3 } });
  });
});
