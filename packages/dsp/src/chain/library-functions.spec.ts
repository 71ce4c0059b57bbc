import { describe, expect, it } from 'vitest';
import { ProcessingChainError } from '../errors.js';
import { batchOf, numbersOf } from '../testing/batches.js';
import { nodeKernels } from '../wasm/node-kernels.js';
import { planChain } from './plan.js';

const kernels = nodeKernels();
const wave = [1, 2, 4, 8, 4, 2];
const input = batchOf(2, [
  { name: 'wf/values', dtype: 'float64', shape: [6], values: [...wave, ...wave.map((value) => -value)] },
  { name: 'wf/dt', dtype: 'float64', units: 'ns', values: [16, 16] },
  { name: 'wf/t0', dtype: 'float64', units: 'ns', values: [0, 8] },
  { name: 'spectrum', dtype: 'float32', shape: [2, 2], values: [3, 4, 1, -1, 0, 2, -5, 12] },
]);

function run(processors: Readonly<Record<string, unknown>>, outputs = Object.keys(processors)) {
  return planChain({ outputs, processors }, { input, kernels }).run(input);
}

/** First row by scipy.ndimage.gaussian_filter1d(wave, 1.5, mode='reflect', truncate=3), scipy 1.17. */
const smoothed: readonly number[] = [
  2.0905571187246705, 2.8531783262939685, 3.8875301137102967, 4.425860766529464, 4.139801770028047,
  3.6030719047135533,
];

describe('functions of numpy and scipy', () => {
  it('copies under another name, into another type where it is declared', () => {
    const result = run({
      wf_b: { function: 'numpy.copyto', args: ["wf_b(dtype='int32')", 'wf'] },
      wf_c: { function: 'numpy.copyto', args: ['wf_c', 'wf'] },
    });
    expect(numbersOf(result, 'wf_b/values').slice(0, 6)).toEqual(wave);
    expect(result.schema.columns[0]?.dtype).toBe('int32');
    expect(numbersOf(result, 'wf_c/t0')).toEqual([0, 8]);
  });

  it('keeps the grid of a waveform that goes through a function of numbers', () => {
    const result = run({ wf_a: { function: 'numpy.fabs', args: ['wf', 'wf_a'] } });
    expect(numbersOf(result, 'wf_a/values')).toEqual([...wave, ...wave]);
    expect(numbersOf(result, 'wf_a/dt')).toEqual([16, 16]);
  });

  it('knows the shape of a variable', () => {
    const result = run({ p_n: 'wf.shape[0] + wf[0]', p_m: 'wf[0] * [2, 5][-1]' });
    expect(numbersOf(result, 'p_n')).toEqual([7, 5]);
    expect(numbersOf(result, 'p_m')).toEqual([5, -5]);
  });

  it('has differences, products and variances along the samples', () => {
    const result = run({
      wf_d: { function: 'numpy.diff', args: ['wf', 1, 'wf_d(5)'] },
      p_prod: { function: 'numpy.prod', args: ['wf', 1, 'p_prod'] },
      p_var: { function: 'numpy.var', args: ['wf', 'axis=-1', 'out=p_var'] },
    });
    expect(numbersOf(result, 'wf_d').slice(0, 5)).toEqual([1, 2, 4, -4, -2]);
    expect(numbersOf(result, 'p_prod')).toEqual([512, 512]);
    expect(numbersOf(result, 'p_var')[0]).toBeCloseTo(5.25, 12);
  });

  it('smooths with mirrored edges', () => {
    const args = ['wf', '24*ns', "mode='reflect'", 'truncate=3', 'output=wf_s'];
    const result = run({ wf_s: { function: 'gaussian_filter1d', module: 'scipy.ndimage', args } });
    numbersOf(result, 'wf_s/values')
      .slice(0, 6)
      .forEach((value, i) => {
        expect(value).toBeCloseTo(smoothed[i]!, 12);
      });
  });

  it.each([
    ['another mode', ['wf', 2, "mode='wrap'", 'output=wf_s'], /mode must be 'reflect'/],
    ['a derivative', ['wf', 2, -1, 1, 'wf_s'], /order must be 0/],
    ['no output', ['wf', 2], /needs a waveform, a sigma and output/],
  ])('refuses smoothing with %s', (_, args, message) => {
    const plan = () => run({ wf_s: { function: 'scipy.ndimage.gaussian_filter1d', args } });
    expect(plan).toThrow(ProcessingChainError);
    expect(plan).toThrow(message);
  });

  it('tells which name may have been meant', () => {
    expect(() => run({ p_x: 'dspeed.processors.pole_zeros(wf, 3, p_x)' })).toThrow(
      /no processor 'pole_zeros'.*did you mean 'pole_zero'\?/,
    );
    expect(() => run({ p_x: { function: 'numpy.sqart', args: ['wf', 'p_x'] } })).toThrow(
      /numpy\.sqart is not known here: did you mean 'sqrt'\?/,
    );
  });
});

describe('complex numbers', () => {
  const pairs = "spectrum(dtype='complex64')";

  it('are read from pairs, computed with, and turned into real ones', () => {
    const result = run({
      p_abs: { function: 'numpy.absolute', args: [pairs, 'p_abs'] },
      p_im: { function: 'numpy.imag', args: ['spectrum * 2', 'p_im'] },
      p_square: 'spectrum * spectrum',
      p_ratio: '-spectrum / spectrum',
      p_first: 'spectrum[0]',
      p_tail: 'spectrum[1:]',
    });
    expect(numbersOf(result, 'p_abs')).toEqual([5, Math.fround(Math.SQRT2), 2, 13]);
    expect(numbersOf(result, 'p_im')).toEqual([8, -2, 4, 24]);
    expect(numbersOf(result, 'p_square')).toEqual([-7, 24, 0, -2, -4, 0, -119, -120]);
    numbersOf(result, 'p_ratio').forEach((value, i) => {
      expect(value).toBeCloseTo(i % 2 === 0 ? -1 : 0, 6);
    });
    expect(numbersOf(result, 'p_first')).toEqual([3, 4, 0, 2]);
    expect(numbersOf(result, 'p_tail')).toEqual([1, -1, -5, 12]);
  });

  it('come back from the spectrum as the waveform', () => {
    const result = run(
      {
        wf_fft: {
          function: 'dspeed.processors.fft',
          args: ['wf', "wf_fft(4, 'D', period=1/wf.period/len(wf))"],
        },
        wf_back: {
          function: 'dspeed.processors.ifft',
          args: ['wf_fft', 'wf_back(6, period=wf.period)'],
        },
      },
      ['wf_back', 'wf_fft'],
    );
    numbersOf(result, 'wf_back/values').forEach((value, i) => {
      expect(value).toBeCloseTo(i < 6 ? wave[i]! : -wave[i - 6]!, 12);
    });
    const values = result.schema.columns.find(({ name }) => name === 'wf_fft/values');
    expect(values).toMatchObject({ dtype: 'float64', shape: [4, 2] });
  });

  it.each([
    ['comparisons', 'p_x', `${pairs} > 1`, /no meaning for complex numbers/],
    ['where real ones are wanted', 'p_x', `round(${pairs})`, /'spectrum' is complex/],
    ['steps', 'p_x', `${pairs}[::2]`, /has no step/],
  ])('refuse %s', (_, name, expression, message) => {
    expect(() => run({ [name]: expression })).toThrow(ProcessingChainError);
    expect(() => run({ [name]: expression })).toThrow(message);
  });
});
