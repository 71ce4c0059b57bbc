import { parseOptions } from '@countroom/pipeline';
import type { NdArray, Table } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { dspToHit } from '../dsp-to-hit/dsp-to-hit.stage.js';
import { listsOfNumbers, memoryReader, numbersOf, tableOf } from '../testing/memory-reader.js';
import { runAnalysis } from '../testing/run-analysis.js';
import { findCuts } from './find-cuts.stage.js';

const rows = 6000;
/** Numbers that fill (0, 1) evenly, another sequence for each k. */
const even = (n: number, k: number): number => ((n + 0.5) * Math.sqrt(k * k + 1.37)) % 1;

/** A parameter with a Gaussian core and a tail to high values, one that is all the same, and times of a pulser. */
function hitTable(): Table {
  const each = (make: (n: number) => number): NdArray =>
    numbersOf(
      'float64',
      Array.from({ length: rows }, (_, n) => make(n)),
    );
  return tableOf({
    tail: each((n) => {
      let sum = -6;
      for (let k = 1; k <= 12; k++) sum += even(n, k);
      return 50 + 2 * sum - 3 * Math.log(1 - even(n, 13));
    }),
    flat: each(() => 7),
    place: each((n) => 100 * even(n, 14)),
    // Every twentieth event is a tick of a pulser at 5 s; the others come in between.
    time: each((n) => (n % 20 === 0 ? (n / 20) * 5 : (n / 20) * 5 + 0.3 + 0.02 * even(n, 15))),
    energy: each((n) => 100 + 1000 * even(n, 16)),
  });
}

const table = hitTable();
const hit = memoryReader({ 'ch1/hit': table });

/** Columns that dsp_to_hit makes with the operations that are proposed. */
function made(content: object): (name: string) => number[] {
  const { operations } = (content as { ch1: { operations: object } }).ch1;
  const config = parseOptions(dspToHit, { config: { outputs: Object.keys(operations), operations } });
  const [task] = dspToHit.plan(config, [{ path: 'ch1/dsp', rows, sample: table }]).tasks;
  const { columns } = (dspToHit.kernel(task!) as { process(block: Table, first: number): Table }).process(
    table,
    0,
  );
  return (name) => Array.from((columns.get(name) as NdArray).data as Float64Array, Number);
}

describe('data cleaning', { timeout: 30_000 }, () => {
  it('cuts by the share of a fitted distribution, and classifies', async () => {
    const cleaning = [{ of: 'tail', percentiles: { low: 1, high: 5 }, classifier: true }];
    const { summary, reports } = await runAnalysis(findCuts, { cleaning }, { hit });
    expect(reports[0]!.tables[0]!.rows[0]![7]).toMatch(
      /^percentiles \((exgauss|skew-normal|tailed-gauss)\)$/,
    );
    const column = made(summary.content);
    const kept = column('is_valid_tail').reduce((sum, one) => sum + one, 0) / rows;
    expect(Math.abs(kept - 0.94)).toBeLessThan(0.01);
    const classifier = column('tail_classifier');
    const middle = [...classifier].sort((a, b) => a - b)[rows >> 1]!;
    expect(Math.abs(middle)).toBeLessThan(0.5);
    expect(reports[0]!.plots[0]!.series.map(({ kind }) => kind)).toEqual(['steps', 'curve', 'marks']);
  });

  it('takes the given limits where there is nothing to find, and flags that are known', async () => {
    const cleaning = [{ of: 'flat', otherwise: { low: 5, high: 9 } }];
    const flags = [{ name: 'place', expression: '(place > 20) & (place < 70)' }];
    const { summary, reports } = await runAnalysis(findCuts, { cleaning, flags }, { hit });
    expect(reports[0]!.verdict).toBe('doubtful');
    expect(reports[0]!.remarks).toEqual(['flat has no core to cut on: the given limits are taken']);
    const column = made(summary.content);
    expect(column('is_valid_flat').every((one) => one === 1)).toBe(true);
    expect(column('is_clean').reduce((sum, one) => sum + one, 0) / rows).toBeCloseTo(0.5, 2);
    const without = await runAnalysis(findCuts, { cleaning: [{ of: 'flat' }] }, { hit });
    expect(without.reports[0]!.remarks[0]).toContain('flat: the values are all 7');
  });

  it('refuses a flag of a name that a window has', () => {
    const options = { cleaning: [{ of: 'tail' }], flags: [{ name: 'tail', expression: 'tail > 0' }] };
    expect(() => parseOptions(findCuts, options)).toThrow('two windows or flags have the same name');
  });
});

describe('pulser of all channels', () => {
  it('is found by the events that many channels see', async () => {
    const ticks = Array.from({ length: rows / 20 }, (_, i) => i * 20);
    const tcm = memoryReader({
      hardware_tcm_1: tableOf(
        {
          table_key: listsOfNumbers('int32', [...ticks.map(() => [1, 2, 3]), [1, 2]]),
          row_in_table: listsOfNumbers('int32', [...ticks.map((row) => [row, row, row]), [7, 7]]),
        },
        { hash_func: '\\d+' },
      ),
    });
    const asked = {
      energy: 'energy',
      pulser: { time: 'time', multiplicity: 3, tolerance: 0.01 },
      cut: 'energy > 120',
    };
    const { reports } = await runAnalysis(findCuts, asked, { hit, tcm });
    const number = (name: string): number => reports[0]!.numbers.find((one) => one.name === name)!.value!;
    expect(number('pulser_period')).toBeCloseTo(5, 6);
    const seen = number('pulser_multiplicity');
    expect(seen / ticks.length).toBeCloseTo(0.98, 1);
    expect(number('pulser_events')).toBe(seen);
    expect(reports[0]!.verdict).toBe('good');
  });

  it('needs its energy or its multiplicity', () => {
    expect(() => parseOptions(findCuts, { pulser: { time: 'time' } })).toThrow('or their multiplicity');
    expect(findCuts.reads!(parseOptions(findCuts, { pulser: { multiplicity: 4 } }))).toEqual(['hit', 'tcm']);
  });
});
