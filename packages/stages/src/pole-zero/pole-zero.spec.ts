import type { AnalysisSummary } from '@countroom/contracts';
import { parseOptions, type TableReader } from '@countroom/pipeline';
import type { NdArray, Table } from '@countroom/records';
import { describe, expect, it } from 'vitest';
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

async function run(tables: Record<string, Table>): Promise<AnalysisSummary> {
  const list = Object.entries(tables).map(([path, sample]) => ({ path, rows: sample.rows, sample }));
  const reader: TableReader = {
    name: 'dsp.lh5',
    tables: () => Promise.resolve(list),
    read: (path) => Promise.resolve(tables[path]!),
  };
  const options = parseOptions(findDecayConstant, { periodNs: 10 });
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

  it('says which columns there are when nothing fits', async () => {
    const other = { ...dspTable(5), columns: new Map() };
    await expect(run({ 'ch1/dsp': other })).rejects.toThrow(
      'no table of dsp.lh5 has tail_slope; there are ch1/dsp',
    );
  });
});
