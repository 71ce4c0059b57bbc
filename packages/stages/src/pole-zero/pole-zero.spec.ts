import type { AnalysisSummary } from '@countroom/contracts';
import { parseOptions, type TableReader } from '@countroom/pipeline';
import type { NdArray, Table } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { memoryReader } from '../testing/memory-reader.js';
import { pulsesTable } from '../testing/pulses-table.js';
import { runAnalysis } from '../testing/run-analysis.js';
import { findDecayConstant } from './pole-zero.stage.js';

/** Slopes around that of 100 us in samples of 10 ns, spread evenly by 2 %. */
function dspTable(rows: number): Table {
  const data = Float64Array.from(
    { length: rows },
    (_, i) => -1e-4 * (1 + 0.02 * (((i * 0.6180339887) % 1) * 2 - 1)),
  );
  const column: NdArray = {
    kind: 'array',
    flavor: 'array',
    dtype: 'float64',
    shape: [rows],
    data,
    attrs: {},
  };
  return { kind: 'table', rows, columns: new Map([['tail_slope', column]]), attrs: {} };
}

async function run(
  tables: Record<string, Table>,
  asked: object = { periodNs: 10 },
): Promise<AnalysisSummary> {
  const list = Object.entries(tables).map(([path, sample]) => ({ path, rows: sample.rows, sample }));
  const reader: TableReader = {
    name: 'dsp.lh5',
    tables: () => Promise.resolve(list),
    read: (path) => Promise.resolve(tables[path]!),
  };
  const options = parseOptions(findDecayConstant, asked);
  const work = findDecayConstant.run(options, new Map([['dsp', reader]]), {
    signal: new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
  });
  for (;;) {
    const next = await work.next();
    if (next.done === true) return next.value as unknown as AnalysisSummary;
  }
}

describe('find_decay_constant', () => {
  it('proposes the constant of every channel that has enough pulses', async () => {
    const { tables, content } = await run({ 'ch1/dsp': dspTable(2000), 'ch2/dsp': dspTable(10) });
    expect(tables.map(({ channel, verdict }) => [channel, verdict])).toEqual([
      ['ch1', 'good'],
      ['ch2', 'failed'],
    ]);
    const { pz } = (content as { ch1: { pz: { tau: string } } }).ch1;
    expect(pz.tau).toMatch(/^[\d.]+\*us$/);
    expect(Math.abs(Number.parseFloat(pz.tau) - 100)).toBeLessThan(0.5);
    expect(Object.keys(content)).toEqual(['ch1']);
  });

  it('proposes two constants from those of single pulses', async () => {
    const spread = (i: number, of: number): number => of * (1 + 0.02 * (((i * 0.6180339887) % 1) * 2 - 1));
    const column = (of: number): NdArray => {
      const data = Float64Array.from({ length: 500 }, (_, i) => spread(i, of));
      return { kind: 'array', flavor: 'array', dtype: 'float64', shape: [500], data, attrs: {} };
    };
    const columns = new Map(Object.entries({ tau1: column(500), tau2: column(2.5), frac: column(0.04) }));
    const table: Table = { kind: 'table', rows: 500, columns, attrs: {} };
    const { content, tables } = await run(
      { 'ch1/dsp': table, 'ch2/dsp': { ...table, rows: 5 } },
      { double: {} },
    );
    const { pz } = (content as { ch1: { pz: { tau1: string; tau2: string; frac: number } } }).ch1;
    expect(Math.abs(Number.parseFloat(pz.tau1) - 500)).toBeLessThan(1);
    expect(Math.abs(Number.parseFloat(pz.tau2) - 2.5)).toBeLessThan(0.005);
    expect(Math.abs(pz.frac - 0.04)).toBeLessThan(1e-4);
    expect(pz.tau1).toMatch(/\*us$/);
    expect(tables.map(({ verdict }) => verdict)).toEqual(['good', 'failed']);
  });

  it('says which columns there are when nothing fits', async () => {
    const other = { ...dspTable(5), columns: new Map() };
    await expect(run({ 'ch1/dsp': other })).rejects.toThrow(
      'no table of dsp.lh5 has tail_slope; ch1/dsp has no columns',
    );
  });

  it('proposes two constants from the mean pulse of raw data', async () => {
    const height = (row: number): number => 8000 + 10 * row;
    const made = { rows: 300, samples: 1500, start: 200, noise: 5, height };
    const raw = memoryReader({
      'ch1/raw': pulsesTable({ ...made, tau: [9000, 120, 0.04] }),
      'ch2/raw': pulsesTable({ ...made, rows: 10, tau: [9000, 120, 0.04] }),
      'ch3/raw': pulsesTable({ ...made, tau: [9000, 120, 0] }),
    });
    const { summary, reports } = await runAnalysis(
      findDecayConstant,
      { superpulse: { baseline: 150 } },
      { raw },
    );
    expect(reports.map(({ verdict }) => verdict)).toEqual(['good', 'failed', 'doubtful']);
    const one = (summary.content as { ch3: { pz: { tau: string } } }).ch3.pz;
    expect(Object.keys(one)).toEqual(['tau']);
    expect(Math.abs(Number.parseFloat(one.tau) / (9000 * 0.016) - 1)).toBeLessThan(0.01);
    expect(reports[1]!.remarks[0]).toContain('at least 20 are needed');
    const { pz } = (summary.content as { ch1: { pz: { tau1: string; tau2: string; frac: number } } }).ch1;
    expect(Math.abs(Number.parseFloat(pz.tau1) / (9000 * 0.016) - 1)).toBeLessThan(0.03);
    expect(Math.abs(Number.parseFloat(pz.tau2) / (120 * 0.016) - 1)).toBeLessThan(0.1);
    expect(Math.abs(pz.frac / 0.04 - 1)).toBeLessThan(0.1);
    expect(reports[0]!.plots.map(({ name }) => name)).toEqual(['superpulse', 'residuals']);
    expect(reports[0]!.numbers.every(({ value }) => value !== null)).toBe(true);
  });
});
