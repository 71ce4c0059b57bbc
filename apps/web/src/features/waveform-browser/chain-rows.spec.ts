import { nodeKernels } from '@countroom/dsp/node';
import type { RecordBatch } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { inspect } from '../chain-editor/inspector';
import {
  chainColumns,
  chainFaults,
  chainWaveforms,
  computedCurves,
  computedValue,
  spectrumName,
  withSpectrum,
} from './chain-rows';

const plain = { shape: [], variableLength: false } as const;
const samples = 64;
/** Two rows: a sine of 8 samples a period, and one of 4. */
const input: RecordBatch = {
  schema: {
    name: 'raw',
    columns: [
      { name: 'waveform/values', dtype: 'float32', shape: [samples], variableLength: false, units: 'ADC' },
      { name: 'waveform/dt', dtype: 'float64', ...plain, units: 'ns' },
      { name: 'waveform/t0', dtype: 'float64', ...plain, units: 'ns' },
    ],
  },
  rows: 2,
  columns: [
    {
      data: Float32Array.from({ length: 2 * samples }, (_, at) =>
        Math.sin((2 * Math.PI * (at % samples)) / (at < samples ? 8 : 4)),
      ),
    },
    { data: Float64Array.of(10, 10) },
    { data: Float64Array.of(0, 0) },
  ],
};
const chain = {
  outputs: ['high'],
  processors: {
    doubled: 'waveform * 2',
    'tp_low, tp_high, low, high': {
      function: 'dspeed.processors.min_max',
      args: ['waveform', 'tp_low', 'tp_high', 'low', 'high'],
      unit: ['ns', 'ns', 'ADC', 'ADC'],
    },
    broken: { function: 'dspeed.processors.pole_zero', args: ['nothing', 4, 'broken'] },
  },
};

function computedFrom(config: ReturnType<typeof withSpectrum>, show: readonly string[]) {
  const answer = inspect({ config, database: {}, show }, input, nodeKernels());
  return [{ table: 'ch1/raw', numbers: [5, 9], answer }];
}

describe('a chain computed for drawn rows', () => {
  const computed = computedFrom(chain, ['doubled']);

  it('has columns and waveforms of its own, not those that it was computed from', () => {
    expect(chainColumns(computed).map(({ token }) => token)).toEqual(
      expect.arrayContaining(['chain/tp_low', 'chain/high']),
    );
    expect(chainColumns(computed).map(({ name }) => name)).not.toContain('waveform');
    expect(chainWaveforms(computed)).toEqual(['doubled']);
    expect(chainColumns([])).toEqual([]);
  });

  it('answers by table and number of the row', () => {
    expect(computedValue(computed, 'ch1/raw', 'chain/tp_high', 9)).toEqual({ values: [10], units: 'ns' });
    expect(computedValue(computed, 'ch1/raw', 'chain/tp_high', 6)).toBeUndefined();
    expect(computedValue(computed, 'ch2/raw', 'chain/tp_high', 9)).toBeUndefined();
    const curves = computedCurves(computed, 'ch1/raw', ['doubled']);
    expect(curves.map(({ row, xUnit }) => [row, xUnit])).toEqual([
      [5, 'ns'],
      [9, 'ns'],
    ]);
    expect(curves[1]?.values[1]).toBeCloseTo(2, 6);
    expect(curves[1]?.x[1]).toBe(10);
  });

  it('tells its faults, and computes the rest', () => {
    expect(chainFaults(computed)).toHaveLength(1);
    expect(chainFaults(computed)[0]).toContain('nothing');
  });
});

describe('the power spectrum', () => {
  it('is against frequency, from 0 to half the sampling rate', () => {
    const computed = computedFrom(withSpectrum(undefined, 'waveform'), [spectrumName]);
    expect(chainFaults(computed)).toEqual([]);
    const curves = computedCurves(computed, 'ch1/raw', [spectrumName]);
    expect(curves.map(({ xUnit }) => xUnit)).toEqual(['MHz', 'MHz']);
    // 100 MHz sampling: 8 samples a period are 12.5 MHz, 4 are 25 MHz.
    for (const [curve, at] of [
      [curves[0]!, 12.5],
      [curves[1]!, 25],
    ] as const) {
      expect(curve.x.at(-1)).toBeCloseTo(50, 9);
      expect(curve.x[curve.values.indexOf(Math.max(...curve.values))]).toBeCloseTo(at, 9);
    }
    expect(chainWaveforms(computed)).toEqual([]);
  });
});
