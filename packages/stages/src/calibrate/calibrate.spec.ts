import type { AnalysisSummary } from '@countroom/contracts';
import { parseOptions, type TableContext, type TableReader } from '@countroom/pipeline';
import type { NdArray, Table } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { calibrate } from './calibrate.stage.js';

const gains = { ch1: 0.21, ch2: 0.33, ch3: 0.47, ch4: 0.29 };

/** Two lines of Co-60 over a flat continuum, spread by summing twelve even numbers: no chance is needed. */
function dspTable(gain: number): Table {
  const energies: number[] = [];
  for (const line of [1173.228, 1332.492]) {
    for (let n = 0; n < 3000; n++) {
      let sum = -6;
      for (let k = 1; k <= 12; k++) sum += ((n + 0.5) * Math.sqrt(k * k + 1.37)) % 1;
      energies.push(line + 0.9 * sum);
    }
  }
  for (let n = 0; n < 9000; n++) energies.push(200 + (1300 * n) / 9000);
  const data = Float64Array.from(energies, (energy) => energy / gain);
  const column: NdArray = {
    kind: 'array',
    flavor: 'array',
    dtype: 'float64',
    shape: [data.length],
    data,
    attrs: {},
  };
  return { kind: 'table', rows: data.length, columns: new Map([['trapEmax', column]]), attrs: {} };
}

const tables = new Map(Object.entries(gains).map(([channel, gain]) => [`${channel}/dsp`, dspTable(gain)]));
const reader: TableReader = {
  name: 'dsp.lh5',
  tables: () => Promise.resolve([...tables].map(([path, sample]) => ({ path, rows: sample.rows, sample }))),
  read: (path) => Promise.resolve(structuredClone(tables.get(path)!)),
};

async function run(options: object, context: Partial<TableContext> = {}) {
  const work = calibrate.run(parseOptions(calibrate, options), new Map([['dsp', reader]]), {
    signal: new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
    ...context,
  });
  const made: unknown[] = [];
  for (;;) {
    const next = await work.next();
    if (next.done === true) return { made, summary: next.value as unknown as AnalysisSummary };
    made.push(next.value);
  }
}

describe('calibrate', { timeout: 60_000 }, () => {
  it('gives the same with any number of threads, in the order of the tables', async () => {
    const alone = await run({ source: 'Co-60' });
    expect(alone.summary.tables.map(({ channel }) => channel)).toEqual(Object.keys(gains));
    for (const { channel, numbers, verdict } of alone.summary.tables) {
      expect(verdict).toBe('good');
      const gain = numbers.find(({ name }) => name === 'c1')!.value!;
      expect(Math.abs(gain / gains[channel as keyof typeof gains] - 1)).toBeLessThan(1e-3);
    }
    expect(await run({ source: 'Co-60' }, { threads: 3 })).toEqual(alone);
  });

  it('goes on to other channels where one has no lines', async () => {
    const { summary } = await run(
      { lines: [{ energy: 5000, below: 10, above: 10 }], guess: 0.3 },
      { threads: 2 },
    );
    expect(summary.tables.every(({ verdict }) => verdict === 'failed')).toBe(true);
    expect(summary.content).toEqual({});
  });

  it('says what no further line could tell, and that no row passes a cut', async () => {
    const wrong = { lines: [{ energy: 1173.228 }, { energy: 1312.492 }], guess: 0.19 };
    const offset = await run({ ...wrong, tables: ['ch1/dsp'] });
    expect(offset.summary.tables[0]!.remarks.join('\n')).toMatch(
      /the scale begins at .* no further line checks/,
    );
    const single = await run({ lines: [{ energy: 1332.492 }], guess: 0.9 * gains.ch1, tables: ['ch1/dsp'] });
    expect(single.summary.tables[0]!.remarks.join('\n')).toContain('the gain is 11 % from the guess');
    const none = await run({ source: 'Co-60', cut: 'trapEmax < 0', tables: ['ch1/dsp'] });
    expect(none.summary.tables[0]!.remarks).toEqual(['none of the 15000 rows passes the cut trapEmax < 0']);
    await expect(run({ source: 'Co-60', cut: 'trapEmax <' })).rejects.toThrow(
      'cut: the expression ends too early',
    );
    await expect(run({ source: 'Co-60', column: 'trapEmx' })).rejects.toThrow(
      'has trapEmx; ch1/dsp has trapEmax',
    );
  });

  it('ends its threads when it is told to stop', async () => {
    const stop = new AbortController();
    const stopped = run(
      { source: 'Co-60' },
      { threads: 2, signal: stop.signal, progress: () => stop.abort() },
    );
    const ended = await stopped.then(
      ({ made }) => made.length,
      () => 1,
    );
    expect(ended).toBeLessThan(4);
  });
});
