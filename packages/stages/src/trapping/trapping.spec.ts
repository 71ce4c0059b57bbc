import type { ReportNumber } from '@countroom/contracts';
import { parseOptions } from '@countroom/pipeline';
import { type NdArray, sliceRows, type Table } from '@countroom/records';
import { beforeAll, describe, expect, it } from 'vitest';
import { dspToHit } from '../dsp-to-hit/dsp-to-hit.stage.js';
import { memoryReader, numbersOf, tableOf } from '../testing/memory-reader.js';
import { runAnalysis } from '../testing/run-analysis.js';
import { correctTrapping } from './trapping.stage.js';

const truth = { alpha: 2e-6, gain: 0.31, sigma: 1.1 };

/** Events of one line, spread by summing twelve even numbers, whose charge is lost over drift times of 200 to 1400 ns. */
function dspTable(rows: number): Table {
  const even = (n: number, k: number): number => ((n + 0.5) * Math.sqrt(k * k + 1.37)) % 1;
  const events = Array.from({ length: rows }, (_, n) => {
    let sum = -6;
    for (let k = 1; k <= 12; k++) sum += even(n, k);
    const energy = n % 10 === 0 ? 2540 + 140 * even(n, 13) : 2614.511 + truth.sigma * sum;
    const drift = 200 + 1200 * even(n, 14);
    return { drift, value: energy / (1 + truth.alpha * drift) / truth.gain };
  });
  return tableOf({
    trapEmax: numbersOf(
      'float64',
      events.map(({ value }) => value),
    ),
    drift: numbersOf(
      'float64',
      events.map(({ drift }) => drift),
      'ns',
    ),
  });
}

const options = { drift: 'drift', guess: 0.3, steps: 8 };

describe('correct_trapping', { timeout: 60_000 }, () => {
  const table = dspTable(2000);
  let found: Awaited<ReturnType<typeof runAnalysis>>;

  beforeAll(async () => {
    found = await runAnalysis(correctTrapping, options, {
      dsp: memoryReader({ 'ch1/dsp': table, 'ch2/dsp': sliceRows(table, 0, 60) }),
    });
  }, 60_000);

  const numberOf = (name: string): ReportNumber =>
    found.reports[0]!.numbers.find((one) => one.name === name)!;

  it('finds what the events lost, channel by channel', () => {
    expect(found.reports.map(({ channel, verdict }) => [channel, verdict])).toEqual([
      ['ch1', 'good'],
      ['ch2', 'failed'],
    ]);
    const alpha = numberOf('alpha');
    expect(Math.abs(alpha.value! - truth.alpha)).toBeLessThan(4 * alpha.error!);
    expect(Math.abs(numberOf('fwhm').value! / (2.355 * truth.sigma) - 1)).toBeLessThan(0.1);
    expect(numberOf('fwhm_before').value!).toBeGreaterThan(1.2 * numberOf('fwhm').value!);
    expect(found.reports[0]!.plots.map(({ name }) => name)).toEqual(['alpha', 'line']);
    expect(found.reports[0]!.tables[0]!.rows).toHaveLength(8);
  });

  it('proposes an operation of dsp_to_hit whose column has the narrow line', () => {
    const { operations } = (found.summary.content as { ch1: { operations: object } }).ch1;
    expect(Object.keys(operations)).toEqual(['trapEmax_ctc']);
    const config = parseOptions(dspToHit, { config: { outputs: ['trapEmax_ctc'], operations } });
    const [task] = dspToHit.plan(config, [{ path: 'ch1/dsp', rows: table.rows, sample: table }]).tasks;
    const kernel = dspToHit.kernel(task!) as { process(block: Table, first: number): Table };
    const made = kernel.process(table, 0).columns.get('trapEmax_ctc') as NdArray;
    const line = [...(made.data as Float64Array)].filter((_, n) => n % 10 !== 0);
    const mean = line.reduce((sum, value) => sum + value, 0) / line.length;
    const sigma = Math.sqrt(line.reduce((sum, value) => sum + (value - mean) ** 2, 0) / line.length);
    expect((sigma * truth.gain) / truth.sigma).toBeLessThan(1.1);
  });

  it('asks for a name where the column has none', () => {
    expect(() => parseOptions(correctTrapping, { ...options, column: 'a + b' })).toThrow('needs a name');
  });
});
