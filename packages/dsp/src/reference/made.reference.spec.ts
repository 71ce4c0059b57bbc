import { describe, expect, it } from 'vitest';
import { planChain } from '../chain/plan.js';
import { batchOf, numbersOf } from '../testing/batches.js';
import { numbers, series } from '../testing/call-kernel.js';
import { nodeKernels } from '../wasm/node-kernels.js';
import { multiplySpectrum } from './wiener-filter.reference.js';

const samples = 128;

/** The result of a processor with init_args on one row. */
function made(
  processor: string,
  initArgs: readonly unknown[],
  w: readonly number[],
  length: number,
): number[] {
  const input = batchOf(1, [{ name: 'wf', dtype: 'float64', shape: [w.length], values: w }]);
  const config = {
    outputs: ['found'],
    processors: {
      found: { function: processor, args: ['wf', `found(${length.toString()})`], init_args: initArgs },
    },
  };
  return numbersOf(planChain(config, { input, kernels: nodeKernels() }).run(input), 'found');
}

describe('poly_fit', () => {
  it('finds the coefficients of a polynomial, the lowest first', () => {
    const w = series(samples, (i) => 5 - 0.25 * i + 0.01 * i * i);
    const found = made('dspeed.processors.poly_fit', [samples, 2], w, 3);
    [5, -0.25, 0.01].forEach((value, k) => {
      expect(found[k]).toBeCloseTo(value, 9);
    });
  });

  it('refuses a length that is not that of the waveform', () => {
    expect(() =>
      made(
        'dspeed.processors.poly_fit',
        [samples + 1, 2],
        series(samples, () => 1),
        3,
      ),
    ).toThrow();
  });
});

describe('cusp_filter and zac_filter of 2021', () => {
  const step = series(samples, (i) => (i < 60 ? 0 : 10 * Math.exp(-(i - 60) / 200)));

  it('leave 101 samples; the cusp turns a decaying step into its height', () => {
    const found = made('pygama.dsp.processors.cusp_filter', [samples, 8, 5, 200], step, 101);
    expect(found).toHaveLength(101);
    expect(Math.max(...found)).toBeCloseTo(10, 1);
  });

  it('convolve with the kernels of today, 100 samples shorter than the waveform', () => {
    for (const name of ['cusp_filter', 'zac_filter']) {
      const kernel = numbers(name, { sigma: 8, flat: 5, decay: 200, kernel: samples - 100 });
      const expected = numbers('convolve_wf', { w_in: step, kernel, mode_in: 'v', w_out: 101 });
      const found = made(`pygama.dsp.processors.${name}`, [samples, 8, 5, 200], step, 101);
      found.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 9);
      });
    }
  });

  it('refuse waveforms that are too short', () => {
    expect(() => made('pygama.dsp.processors.cusp_filter', [100, 8, 5, 200], step, 101)).toThrow('above 100');
  });
});

describe('param_lookup', () => {
  it('gives the value of the channel, else the default', () => {
    const input = batchOf(3, [{ name: 'channel', dtype: 'uint32', values: [7, 20, 3] }]);
    const found = {
      function: 'pygama.dsp.processors.param_lookup',
      args: ['channel', 'found'],
      init_args: [{ 7: 1.5, 20: -2.25 }, 0.5, 'float32'],
    };
    const chain = planChain({ outputs: ['found'], processors: { found } }, { input, kernels: nodeKernels() });
    expect(numbersOf(chain.run(input), 'found')).toEqual([1.5, -2.25, 0.5]);
  });
});

describe('settled_recursive_filter', () => {
  it('begins as if the first sample had always been there', () => {
    const inputs = { a: [0.5], b: [1, -0.5], gain: 1 };
    expect(numbers('settled_recursive_filter', { w_in: [4, 4, 4], ...inputs })).toEqual([4, 4, 4]);
    expect(numbers('settled_recursive_filter', { w_in: [0, 8, 8], ...inputs })).toEqual([0, 4, 6]);
    expect(numbers('settled_recursive_filter', { w_in: [0, Number.NaN, 8], ...inputs })[0]).toBeNaN();
  });
});

describe('settled_sections', () => {
  it('are one recursion, taken apart', () => {
    const w_in = series(40, (i) => (i < 9 ? 3 : 5 + Math.sin(i)));
    const found = numbers('settled_sections', {
      w_in,
      sections: [2, 1, -0.5, 0.25, 0, -1, 0.5, 0],
      gain: 0.5,
      w_out: 40,
    });
    const b = [1, 0, 0, 0.125, 0];
    const a = [0.5, 1, 0, -1, -0.5];
    const expected = numbers('settled_recursive_filter', { w_in, a, b, gain: 0, w_out: 40 });
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 12);
    });
  });
});

describe('multiply_spectrum', () => {
  it('multiplies complex numbers, frequency by frequency', () => {
    const [spectrum, out] = [Float64Array.of(1, 2, 3, 0), new Float64Array(4)];
    multiplySpectrum(spectrum, Float64Array.of(3, 0), Float64Array.of(1, 1), out);
    expect([...out]).toEqual([1 * 3 - 2 * 1, 1 * 1 + 2 * 3, 0, 3]);
  });
});
