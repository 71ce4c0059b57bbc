import {
  type AnalysisReport,
  type AnalysisSummary,
  analysisReport,
  type ReportNumber,
} from '@countroom/contracts';
import { parseOptions, type TableReader } from '@countroom/pipeline';
import type { NdArray, Scalar, Table } from '@countroom/records';
import { beforeAll, describe, expect, it } from 'vitest';
import { dspToHit } from '../dsp-to-hit/dsp-to-hit.stage.js';
import { findCuts } from './find-cuts.stage.js';

const truth = {
  noise: { mean: 11, sigma: 0.6 },
  pulser: { period: 20.003, phase: 1000.4 },
  gain: 3.2,
  late: { mean: 0.4, sigma: 0.03 },
  /** What drift times in ns, of two groups, and the second half of the time do to A and LQ when they are asked to. */
  trapping: { alpha: 3e-5, late: 5e-5, jump: 1.005 },
};

/** Events of a thorium source with noise, A and LQ, one in twelve on the tail of another, and a pulser at 3050 keV. */
function hitTable(compton: number, trapped = false): Table {
  let state = 9n;
  const uniform = (): number => {
    state = (state * 25214903917n + 11n) & 0xffffffffffffn;
    return (Number(state) + 0.5) / 2 ** 48;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const names = ['timestamp', 'energy', 'bl_std', 'A_max', 'lq', 'drift'] as const;
  const { alpha, late, jump } = truth.trapping;
  const rows: number[][] = [];
  const add = (time: number, energy: number, single: number): void => {
    const isSingle = uniform() < single;
    const piled = uniform() < 1 / 12;
    const width = Math.hypot(0.004, 8 / energy);
    const current = 1.02 - 1.5e-5 * energy + width * normal() + (isSingle ? 0 : 0.06 * Math.log(uniform()));
    const drift = trapped ? (uniform() < 0.4 ? 600 + 60 * normal() : 1100 + 80 * normal()) : 0;
    const change = (trapped && time > 4000 ? jump : 1) / (1 + alpha * drift);
    rows.push([
      time,
      energy,
      truth.noise.mean + truth.noise.sigma * normal() + (piled ? 20 * uniform() : 0),
      truth.gain * current * energy * change,
      energy *
        (truth.late.mean +
          truth.late.sigma * normal() -
          (isSingle ? 0 : 0.08 * Math.log(uniform())) +
          late * drift),
      drift,
    ]);
  };
  const time = (): number => 1000 + 6000 * uniform();
  for (let n = 0; n < compton; n++) add(time(), 900 + 1450 * uniform(), 0.5);
  for (let n = 0; n < compton / 20; n++) {
    add(time(), 1592.513 + 1.1 * normal(), 0.95);
    add(time(), 1620.738 + 0.9 * normal(), 0.12);
  }
  for (let n = 0; n < 290; n++)
    add(truth.pulser.phase + n * truth.pulser.period + 0.003 * normal(), 3050 + normal(), 1);
  rows.sort((a, b) => a[0]! - b[0]!);
  const column = (i: number): NdArray => {
    const data = Float64Array.from(rows, (row) => row[i]!);
    return { kind: 'array', flavor: 'array', dtype: 'float64', shape: [rows.length], data, attrs: {} };
  };
  return {
    kind: 'table',
    rows: rows.length,
    columns: new Map(names.map((name, i) => [name, column(i)])),
    attrs: {},
  };
}

const options = {
  energy: 'energy',
  cleaning: [
    { of: 'bl_std', below: null, above: 4 },
    { of: 'bl_std/11', name: 'noise' },
  ],
  pulser: { from: 3000, to: 3100 },
  aoe: { of: 'A_max/energy' },
  lq: { of: 'lq/energy' },
};

async function run(tables: Record<string, Table>, asked: object = options) {
  const list = Object.entries(tables).map(([path, sample]) => ({ path, rows: sample.rows, sample }));
  const reader: TableReader = {
    name: 'hit.lh5',
    tables: () => Promise.resolve(list),
    read: (path, [from, to]) => Promise.resolve(rowsOf(tables[path]!, from, to)),
  };
  const work = findCuts.run(parseOptions(findCuts, asked), new Map([['hit', reader]]), {
    signal: new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
  });
  const reports: AnalysisReport[] = [];
  for (;;) {
    const next = await work.next();
    if (next.done === true) return { summary: next.value as unknown as AnalysisSummary, reports };
    if (!('object' in next.value)) throw new Error('an analysis gives reports, not rows');
    const { value } = next.value.object as Scalar;
    reports.push(analysisReport.parse(JSON.parse(String(value))));
  }
}

function rowsOf(table: Table, from: number, to: number): Table {
  const columns = [...table.columns].map(([name, object]) => {
    const column = object as NdArray;
    const data = column.data.slice(from, to) as Float64Array<ArrayBuffer>;
    return [name, { ...column, data, shape: [data.length] }] as const;
  });
  return { ...table, rows: Math.min(to, table.rows) - from, columns: new Map(columns) };
}

function numberOf(numbers: readonly ReportNumber[], name: string): { value: number; error: number } {
  const found = numbers.find((one) => one.name === name)!;
  return { value: found.value!, error: found.error! };
}

/** What dsp_to_hit makes of a table with the operations that are proposed. */
function flagsOf({ content }: AnalysisSummary, table: Table): Table['columns'] {
  const { operations } = (content as { ch1: { operations: object } }).ch1;
  const config = { config: { outputs: Object.keys(operations), operations } };
  const sample = { path: 'ch1/dsp', rows: table.rows, sample: table };
  const [task] = dspToHit.plan(parseOptions(dspToHit, config), [sample]).tasks;
  const kernel = dspToHit.kernel(structuredClone(task!)) as { process(block: Table, first: number): Table };
  return kernel.process(table, 0).columns;
}

describe('find_cuts', () => {
  const table = hitTable(60_000);
  let summary: AnalysisSummary;
  let reports: AnalysisReport[];
  let numbers: readonly ReportNumber[];

  beforeAll(async () => {
    ({ summary, reports } = await run({ 'ch1/hit': table, 'ch2/hit': hitTable(20) }));
    numbers = reports[0]!.numbers;
  }, 60_000);

  it('reports every channel, and says why one has no cuts', () => {
    expect(summary.tables.map(({ channel, verdict }) => [channel, verdict])).toEqual([
      ['ch1', 'good'],
      ['ch2', 'doubtful'],
    ]);
    expect(reports[1]!.remarks.join('\n')).toMatch(/A\/E: there are \d+ events between 1000 and 1300 keV/);
    // What could not be fitted is shown.
    expect(reports[1]!.plots.map(({ name }) => name)).toContain('aoe-seen');
    const { plots, tables } = reports[0]!;
    expect(plots.map(({ name }) => name)).toEqual([
      'window-bl_std',
      'window-noise',
      'aoe-mean',
      'aoe-width',
      'aoe-cut',
      'lq',
    ]);
    expect(tables.map(({ title }) => title)).toEqual(['Data cleaning', 'Survival of the A/E cuts']);
  });

  it('finds what the events were made from', () => {
    const period = numberOf(numbers, 'pulser_period');
    expect(Math.abs(period.value - truth.pulser.period)).toBeLessThan(5 * period.error);
    expect(Math.abs(numberOf(numbers, 'survival_1593').value - 90)).toBeLessThan(1.5);
    expect(numberOf(numbers, 'survival_1621').value).toBeLessThan(45);
    const late = numberOf(numbers, 'lq_sigma');
    expect(Math.abs(late.value / truth.late.sigma - 1)).toBeLessThan(0.1);
    // Eleven in twelve events have no other before them, and a fifth of the others hardly show it.
    expect(Math.abs(numberOf(numbers, 'clean').value - 100 * (11 / 12 + 0.11 / 12))).toBeLessThan(0.6);
  });

  it('proposes operations with which dsp_to_hit flags the same events', () => {
    const { operations } = (summary.content as { ch1: { operations: object } }).ch1;
    const outputs = Object.keys(operations);
    const flags = flagsOf(summary, table);
    const column = (name: string): ArrayLike<number> => (flags.get(name) as NdArray).data as Float64Array;
    const rows = Array.from({ length: table.rows }, (_, row) => row);
    const sum = (name: string): number => rows.filter((row) => column(name)[row] === 1).length;
    expect((100 * sum('is_clean')) / table.rows).toBeCloseTo(numberOf(numbers, 'clean').value, 1);
    expect(sum('is_pulser')).toBe(numberOf(numbers, 'pulser_events').value);
    const energy = (table.columns.get('energy') as NdArray).data as Float64Array;
    const inBand = rows.filter((row) => energy[row]! >= 2004 && energy[row]! < 2074);
    const clean = inBand.filter((row) => column('is_clean')[row] === 1 && column('is_pulser')[row] === 0);
    const accepted = clean.filter((row) => column('aoe_accepted')[row] === 1);
    expect((100 * accepted.length) / clean.length).toBeCloseTo(
      numberOf(numbers, 'survival_compton').value,
      0,
    );
    expect(sum('lq_accepted')).toBeGreaterThan(table.rows / 2);
    expect(outputs).toContain('is_valid_noise');
  });

  it('takes away what time and drift time do to A/E and LQ', async () => {
    const trapped = hitTable(60_000, true);
    const corrected = {
      ...options,
      aoe: { ...options.aoe, time: 'timestamp', drift: { of: 'drift' } },
      lq: { ...options.lq, drift: 'drift' },
    };
    const found = await run({ 'ch1/hit': trapped }, corrected);
    const [report] = found.reports;
    expect(report!.plots.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['aoe-time', 'aoe-drift', 'lq-drift']),
    );
    const alpha = numberOf(report!.numbers, 'aoe_alpha');
    expect(Math.abs(alpha.value - truth.trapping.alpha)).toBeLessThan(4 * alpha.error);
    const late = numberOf(report!.numbers, 'lq_sigma');
    expect(Math.abs(late.value / truth.late.sigma - 1)).toBeLessThan(0.1);
    // As many pass as without any trapping, which is not so when it is left alone.
    const compton = numberOf(report!.numbers, 'survival_compton');
    const usual = numberOf(numbers, 'survival_compton');
    expect(Math.abs(compton.value - usual.value)).toBeLessThan(3 * Math.hypot(compton.error, usual.error));
    const flags = flagsOf(found.summary, trapped);
    const accepted = (flags.get('aoe_classifier') as NdArray).data as Float64Array;
    const single = [...accepted].filter((value) => Math.abs(value) < 0.5).length;
    expect(single).toBeGreaterThan(trapped.rows / 8);
  }, 60_000);

  it('keeps what lies outside of a window when asked to', async () => {
    const cleaning = [{ of: 'bl_std', below: null, above: 4, outside: true }];
    const {
      reports: [report],
    } = await run({ 'ch1/hit': table }, { cleaning });
    expect(report!.verdict).toBe('doubtful');
    expect(report!.remarks[0]).toMatch(/^bl_std keeps only [67] % of the events$/);
  });

  it('says which options and columns are missing', async () => {
    expect(() => parseOptions(findCuts, {})).toThrow('choose data cleaning, a pulser, A/E or LQ');
    expect(() => parseOptions(findCuts, { cleaning: [{ of: 'a/b' }] })).toThrow('needs a name');
    await expect(run({ 'ch1/hit': table }, { lq: {} })).rejects.toThrow(
      'no table of hit.lh5 has trapEmax_cal and lq80 and trapEmax; ch1/hit has A_max, bl_std, drift, energy',
    );
  });
});
