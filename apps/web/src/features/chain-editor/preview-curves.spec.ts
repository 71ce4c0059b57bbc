import type { RecordBatch } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { curvesOf, scalarsOf, scalarText, timeOf } from './preview-curves';

const plain = { shape: [], variableLength: false } as const;
const batch: RecordBatch = {
  schema: {
    name: 'raw',
    columns: [
      { name: 'wf/values', dtype: 'uint16', shape: [3], variableLength: false, units: 'ADC' },
      { name: 'wf/dt', dtype: 'float64', ...plain, units: 'us' },
      { name: 'wf/t0', dtype: 'float64', ...plain, units: 'ns' },
      { name: 'peaks', dtype: 'float32', shape: [], variableLength: true },
      { name: 'tp', dtype: 'float32', ...plain, units: 'us' },
      { name: 'id', dtype: 'int64', ...plain },
    ],
  },
  rows: 2,
  columns: [
    { data: Uint16Array.of(1, 2, 3, 4, 5, 6) },
    { data: Float64Array.of(2, 2) },
    { data: Float64Array.of(100, 200) },
    { data: Float32Array.of(7, 8, 9), offsets: Uint32Array.of(0, 1, 3) },
    { data: Float32Array.of(1.5, Number.NaN) },
    { data: BigInt64Array.of(2n ** 60n, 1n) },
  ],
};

describe('curves', () => {
  it('lie on their grid, in nanoseconds', () => {
    const [first, second] = curvesOf(batch, ['wf'], 40);
    expect(first).toMatchObject({ row: 40, unit: 'ADC', xUnit: 'ns' });
    expect([...first!.x]).toEqual([100, 2100, 4100]);
    expect([...second!.x]).toEqual([200, 2200, 4200]);
    expect([...second!.values]).toEqual([4, 5, 6]);
  });
  it('of lists are as long as their row, by number', () => {
    expect(
      curvesOf(batch, ['peaks', 'nothing', 'tp'], 0).map(({ values, x }) => [[...x], [...values]]),
    ).toEqual([
      [[0], [7]],
      [
        [0, 1],
        [8, 9],
      ],
    ]);
  });
});

describe('numbers', () => {
  it('keep all their digits, and their unit', () => {
    const scalars = scalarsOf(batch);
    expect(scalars.map(({ name, unit }) => [name, unit])).toEqual([
      ['tp', 'us'],
      ['id', ''],
    ]);
    expect(scalarText(scalars[1]!.values[0])).toBe('1152921504606846976');
    expect([scalarText(0.123456789), scalarText(Number.NaN), scalarText(12)]).toEqual([
      '0.1234568',
      'NaN',
      '12',
    ]);
    expect([timeOf(scalars[0]!, 0), timeOf(scalars[0]!, 1), timeOf(scalars[1]!, 0)]).toEqual([
      1500,
      undefined,
      undefined,
    ]);
  });
});
