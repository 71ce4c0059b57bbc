import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnalysisReport, type AnalysisSummary, analysisReport } from '@countroom/contracts';
import { lh5Backend } from '@countroom/lh5';
import type { DataObject, Table } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTableStageOnFiles } from '../files/run-table-stage.js';
import { pulseStatistics } from './pulse-statistics.stage.js';

const folder = mkdtempSync(join(tmpdir(), 'pulse-statistics-'));
const pulses = join(folder, 'pulses.lh5');
const lifetime = 2.2;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let seed = 11;
function random(): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return (seed + 0.5) / 2 ** 32;
}
const exponential = (mean: number): number => -mean * Math.log(random());

/** Muons at 4 Hz, a tenth of which decay. */
function pulseRows(events: number): Table {
  const values: Record<string, number[]> = { time: [], accepted: [], tau: [], height_A: [], height_B: [] };
  for (let i = 0, now = 0; i < events; i++) {
    now += exponential(0.25);
    values['time']!.push(now);
    values['accepted']!.push(1);
    values['tau']!.push(i % 10 === 0 ? exponential(lifetime) : Number.NaN);
    values['height_A']!.push(0.1 + 0.1 * random());
    values['height_B']!.push(random() < 0.9 ? 0.1 + 0.1 * random() : Number.NaN);
  }
  const columns = new Map<string, DataObject>(
    Object.entries(values).map(([name, data]) => [
      name,
      {
        kind: 'array',
        flavor: 'array',
        dtype: 'float64',
        shape: [events],
        data: Float64Array.from(data),
        attrs: {},
      },
    ]),
  );
  return { kind: 'table', rows: events, columns, attrs: {} };
}

let runs = 0;
async function statistics(options: object): Promise<[AnalysisSummary, AnalysisReport]> {
  const output = join(folder, `statistics${++runs}.lh5`);
  const { report } = await runTableStageOnFiles({
    stage: pulseStatistics,
    options,
    inputs: { pulses },
    output,
  });
  const summary = report as unknown as AnalysisSummary;
  const reader = await lh5Backend.openReader(output);
  const stored = await reader.read(summary.tables[0]!.path);
  await reader.close();
  const text = stored.kind === 'scalar' ? String(stored.value) : '';
  return [summary, analysisReport.parse(JSON.parse(text))];
}

beforeAll(async () => {
  const writer = await lh5Backend.createWriter(pulses, {});
  await writer.append('pulses', pulseRows(8000));
  await writer.append('empty', pulseRows(0));
  await writer.close();
});

describe('pulse_statistics', () => {
  it('fits the lifetime, checks randomness, finds efficiencies, and draws them', async () => {
    const [summary, report] = await statistics({ fromUs: 0.5, toUs: 20 });
    expect(summary).toMatchObject({ analysis: 'pulse_statistics', set: null });
    expect(summary.tables[0]).toMatchObject({ channel: 'A + B', verdict: 'good', remarks: [] });
    const number = (name: string) => report.numbers.find((one) => one.name === name)!;
    expect(Math.abs(number('tau').value! - lifetime)).toBeLessThan(4 * number('tau').error!);
    expect(Math.abs(number('rate').value! - 4)).toBeLessThan(4 * number('rate').error!);
    expect(number('double').value).toBe(800);
    expect(report.plots.map(({ name }) => name)).toEqual([
      'lifetime',
      'waiting',
      'counts',
      'rate',
      'heights',
    ]);
    const [efficiencies] = report.tables;
    expect(efficiencies!.rows.map(([channel]) => channel)).toEqual(['A', 'B']);
    expect(Math.abs(Number(efficiencies!.rows[1]![1]) - 0.9)).toBeLessThan(0.02);
  });

  it('draws as many events as it counts, measured and expected', async () => {
    const [, { plots }] = await statistics({ fromUs: 0.5, toUs: 20 });
    const sum = (values: readonly (number | null)[]): number =>
      values.reduce<number>((total, value) => total + (value ?? 0), 0);
    const counts = plots.find(({ name }) => name === 'counts')!;
    expect(sum(counts.series[1]!.y) / sum(counts.series[0]!.y)).toBeGreaterThan(0.9);
    expect(counts.series[0]!.x).toHaveLength(counts.series[0]!.y.length + 1);
    const rate = plots.find(({ name }) => name === 'rate')!;
    expect(sum(rate.series[0]!.y) / rate.series[0]!.y.length).toBeCloseTo(4, 1);
  });

  it('says why nothing comes out, and which tables there are', async () => {
    const [summary] = await statistics({ table: 'empty' });
    expect(summary.tables[0]!.verdict).toBe('failed');
    expect(summary.tables[0]!.remarks.join()).toMatch(/no event was accepted/);
    await expect(statistics({ table: 'other' })).rejects.toThrow(/there are .*pulses/);
    await expect(statistics({ fromUs: 5, toUs: 2 })).rejects.toThrow(/end it later/);
  });
});
