import type { WaveformsPreview } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { drawnCurves, type Look, shapesOf, type ValueAt } from './curves';
import type { RowValue } from './marks';

const plain: Look = { base: '', norm: '', align: '', lines: [], legend: [], text: '' };

function preview(values: (number | null)[]): WaveformsPreview {
  const times = values.map((_, index) => index * 16);
  const facts = { row: 7, t0: 0, dt: 16, samples: values.length, step: 1, decimated: false };
  return { path: 'w', rows: 10, timeUnit: 'ns', valueUnit: 'ADC', waveforms: [{ ...facts, times, values }] };
}
function known(values: Readonly<Record<string, RowValue>>): ValueAt {
  return (_table, token, row) => (row === 7 ? values[token] : undefined);
}
const one = (value: number, units: string | null = null): RowValue => ({ values: [value], units });
const dsp = known({
  'dsp/tp_0': one(0.016, 'us'),
  'dsp/trapEmax': one(4, 'ADC'),
  'dsp/bl': one(1),
  'dsp/none': one(Number.NaN, 'ns'),
  'dsp/peaks': { values: [16, Number.NaN, 32], units: 'ns' },
});

function draw(
  values: (number | null)[],
  look: Partial<Look>,
): ReturnType<typeof drawnCurves>[number] | string {
  const whole = preview(values);
  const table = { table: 'ch1/raw', name: '', whole };
  const full = { ...plain, ...look };
  const shapes = shapesOf(table, full, dsp);
  const reason = shapes.get(7)!.shape;
  return typeof reason === 'string' ? reason : drawnCurves(table, whole, shapes, full, dsp)[0]!;
}

describe('curves', () => {
  it('are as stored without a wish', () => {
    expect(draw([3, null, 5], {})).toMatchObject({
      label: 'row 7',
      times: Float64Array.of(0, 16, 32),
      values: Float64Array.of(3, Number.NaN, 5),
    });
  });

  it('are aligned and divided by columns, in their units', () => {
    expect(draw([1, 3, 5], { base: 'dsp/bl', norm: 'dsp/trapEmax', align: 'dsp/tp_0' })).toMatchObject({
      times: Float64Array.of(-16, 0, 16),
      values: Float64Array.of(0, 0.5, 1),
    });
  });

  it('are aligned at their highest point, and have height 1', () => {
    expect(draw([10, 10, 4, 8], { base: 'start', norm: 'max', align: 'max' })).toMatchObject({
      times: Float64Array.of(-32, -16, 0, 16),
      values: Float64Array.of(0, 0, -1, -1 / 3),
    });
  });

  it('are left out with a reason where a value is missing', () => {
    expect(draw([1, 2], { align: 'dsp/none' })).toBe('none has no time to align at');
    expect(draw([1, 2], { norm: 'dsp/unknown' })).toBe('unknown is no number to divide by');
    expect(draw([0, 0], { norm: 'max' })).toBe('its height is no number to divide by');
    expect(draw([1, 2], { base: 'dsp/peaks' })).toBe('peaks has no value to take away');
  });

  it('have lines at times and at values, moved and divided as they are', () => {
    const look = {
      norm: 'dsp/trapEmax',
      align: 'dsp/tp_0',
      lines: ['dsp/tp_0', 'dsp/trapEmax', 'dsp/peaks'],
    };
    expect(draw([1, 3, 5], look)).toMatchObject({
      marks: [
        { name: 'tp_0', axis: 'x', at: 0 },
        { name: 'trapEmax', axis: 'y', at: 1 },
        { name: 'peaks', axis: 'x', at: 0 },
        { name: 'peaks', axis: 'x', at: 16 },
      ],
    });
  });

  it('tell values in the legend', () => {
    expect(draw([1], { legend: ['dsp/trapEmax', 'dsp/peaks'] })).toMatchObject({
      label: 'row 7, trapEmax 4 ADC, peaks 16, nan, 32 ns',
    });
    const text = '{dsp/trapEmax:.2f} ADC, {table} {row}';
    expect(draw([1], { legend: ['dsp/peaks'], text })).toMatchObject({ label: '4.00 ADC, ch1/raw 7' });
  });
});
