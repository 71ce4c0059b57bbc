import { batchFromTable, type NdArray, tableFromBatch } from '@countroom/records';
import { beforeAll, describe, expect, it } from 'vitest';
import { planTask } from '../raw-to-dsp/chain-kernel.js';
import { memoryReader } from '../testing/memory-reader.js';
import { pulsesTable } from '../testing/pulses-table.js';
import { runAnalysis } from '../testing/run-analysis.js';
import { findFilter } from './find-filter.stage.js';

const gain = 0.5;
/** Nine in ten pulses are of the line at 2614.5 keV with a width of 1 keV (sigma), the others around it. */
const table = pulsesTable({
  rows: 900,
  samples: 420,
  start: 260,
  noise: 12,
  height: (row, normal) => (2614.511 + (row % 10 === 0 ? (row % 77) - 38 : normal())) / gain,
  tau: [4000, 50, 0],
});
const options = { baseline: 240, length: 48, guess: gain, noise: [0.1, 1, 1e5], flat: 1 };

describe('find_filter', { timeout: 60_000 }, () => {
  let found: Awaited<ReturnType<typeof runAnalysis>>;
  beforeAll(async () => {
    found = await runAnalysis(findFilter, options, { raw: memoryReader({ 'ch1/raw': table }) });
  }, 60_000);

  const kernelOf = (): number[] =>
    (found.summary.content as { ch1: { dplms: { kernel: number[] } } }).ch1.dplms.kernel;

  it('finds a filter that is better than those of other weights', () => {
    const [report] = found.reports;

    const number = (name: string): number => report!.numbers.find((one) => one.name === name)!.value!;
    // White noise of 12 ADC over 24 samples on both sides of the pulse, beside the width of the line itself.
    const noise = 12 * gain * Math.sqrt(2 / 23);
    expect(number('noise') / (2.355 * noise)).toBeLessThan(1.35);
    expect(number('noise') / (2.355 * noise)).toBeGreaterThan(0.85);
    expect(number('figure') / (2.355 * Math.hypot(noise, 1))).toBeLessThan(1.3);
    expect(number('weight_noise')).toBeLessThan(1e5);
    expect(number('pulses')).toBeGreaterThan(800);
    expect(report!.tables.map(({ title }) => title)).toEqual(['Filters that were tried', 'Pulses']);
    expect(report!.plots.map(({ name }) => name)).toEqual(['kernel', 'pulse', 'noise', 'weights', 'line']);
    expect(report!.tables[0]!.rows).toHaveLength(3);
  });

  it('proposes weights that a chain convolves with', () => {
    const kernel = kernelOf();
    expect(kernel).toHaveLength(48);
    expect(Math.abs(kernel.reduce((sum, weight) => sum + weight, 0))).toBeLessThan(1e-3);
    const config = {
      outputs: ['dplmsE'],
      processors: {
        wf_dplms: {
          function: 'convolve_wf',
          module: 'dspeed.processors',
          args: ['waveform', 'db.dplms.kernel', "'v'", "wf_dplms(len(waveform)-db.dplms.length+1, 'f')"],
        },
        dplmsE: {
          function: 'numpy.amax',
          args: ['wf_dplms', 1, 'dplmsE'],
          kwargs: { signature: '(n),()->()', types: ['fi->f'] },
        },
      },
    };
    const database = { dplms: { kernel, length: kernel.length } };
    const chain = planTask('ch1/raw', { config, database, sample: table });
    const made = tableFromBatch(chain.run(batchFromTable('ch1/raw', table), { firstRow: 0 }));
    const heights = [...((made.columns.get('dplmsE') as NdArray).data as Float32Array)]
      .filter((_, row) => row % 10 !== 0)
      .sort((a, b) => a - b);
    const width =
      heights[Math.floor(0.8413 * heights.length)]! - heights[Math.floor(0.1587 * heights.length)]!;
    expect((width / 2) * gain).toBeLessThan(1.3 * Math.hypot(1, 12 * gain * Math.sqrt(2 / 23)));
    expect(heights[heights.length >> 1]! * gain).toBeCloseTo(2614.5, -2);
  });

  it('may look for little noise, with fewer samples, and says what it cannot use', async () => {
    const asked = { ...options, presum: 2, length: 32, figure: 'noise' };
    const { reports } = await runAnalysis(findFilter, asked, { raw: memoryReader({ 'ch1/raw': table }) });
    expect(reports[0]!.numbers.find(({ name }) => name === 'length')!.value).toBe(32);
    // The more noise counts, the less there is.
    expect(reports[0]!.numbers.find(({ name }) => name === 'weight_noise')!.value).toBe(1e5);
    const none = await runAnalysis(
      findFilter,
      { ...options, energy: 5000 },
      { raw: memoryReader({ 'ch1/raw': table }) },
    );
    expect(none.reports[0]!.verdict).toBe('failed');
    expect(none.reports[0]!.remarks[0]).toContain('0 of 0 pulses are alike');
    await expect(
      runAnalysis(findFilter, { ...options, waveform: 'wf' }, { raw: memoryReader({ 'ch1/raw': table }) }),
    ).rejects.toThrow('no table of memory has waveforms of equal length in wf; there are ch1/raw');
    await expect(runAnalysis(findFilter, { ...options, length: 400 }, {})).rejects.toThrow(
      'shorten the filter',
    );
  });
});
