import { describe, expect, it } from 'vitest';
import { ProcessingChainError } from '../errors.js';
import { batchOf, numbersOf } from '../testing/batches.js';
import { exampleWaveform } from '../testing/kernel-examples.js';
import { nodeKernels } from '../wasm/node-kernels.js';
import { planChain } from './plan.js';

const samples = 80;
const input = batchOf(2, [
  {
    name: 'wf/values',
    dtype: 'float32',
    shape: [samples],
    values: [0, 1].flatMap((row) => exampleWaveform(samples, row)),
  },
  { name: 'wf/dt', dtype: 'float64', units: 'ns', values: [16, 16] },
  { name: 'wf/t0', dtype: 'float64', units: 'ns', values: [0, 0] },
]);

function filtered(name: string, initArgs: readonly unknown[] | undefined): number[] {
  const processor = {
    function: `dspeed.processors.${name}`,
    args: ['wf', 'wf_out'],
    ...(initArgs === undefined ? {} : { init_args: initArgs }),
  };
  const config = { outputs: ['wf_out'], processors: { wf_out: processor } };
  return numbersOf(planChain(config, { input, kernels: nodeKernels() }).run(input), 'wf_out/values');
}

describe('processors that are made of init_args', () => {
  it('take the sampling frequency as a number, as a frequency, or from a waveform', () => {
    const plain = filtered('iir_filter', [0.2, 3]);
    for (const rest of [
      [6.25, 3, 'f_samp=62.5'],
      ['6.25*MHz', 3, 'f_samp=62.5*MHz'],
      ['6.25*MHz', 3, 'f_samp=wf'],
      ['6.25*MHz', 3, null, null, 'wf'],
    ]) {
      filtered('iir_filter', rest).forEach((value, i) => {
        expect(value).toBeCloseTo(plain[i]!, 3);
      });
    }
  });

  it('take words by name, quoted or bare', () => {
    const bare = filtered('iir_filter', ['0.2', 3, 'ftype=bessel', 'btype=highpass']);
    const quoted = filtered('iir_filter', [0.2, 3, "ftype='bessel'", "btype='highpass'"]);
    expect(bare).toEqual(quoted);
    expect(bare).not.toEqual(filtered('iir_filter', [0.2, 3]));
  });

  it('keep a constant waveform as it is where the filter does', () => {
    const level = batchOf(1, [
      { name: 'wf', dtype: 'float64', shape: [20], values: Array.from({ length: 20 }, () => 7) },
    ]);
    const args = { args: ['wf', 'wf_out'], init_args: [0.3, 0.05] };
    const run = (name: string) => {
      const config = {
        outputs: ['wf_out'],
        processors: { wf_out: { function: `dspeed.processors.${name}`, ...args } },
      };
      return numbersOf(planChain(config, { input: level, kernels: nodeKernels() }).run(level), 'wf_out');
    };
    for (const value of run('notch_filter')) expect(value).toBeCloseTo(7, 10);
    expect(run('peak_filter')[19]).toBeCloseTo(0, 5);
  });

  it.each([
    ['no init_args', undefined, /needs 'freq' among its init_args/],
    ['an unknown name', [0.2, 3, 'colour=1'], /no init_args by the name 'colour'; it has freq, order/],
    ['one given twice', [0.2, 3, 'order=2'], /'order' is given twice/],
    ['a frequency too high', [1.2, 3], /1\.2 times the Nyquist frequency/],
    ['a frequency without sampling', ['3*MHz', 3], /together with f_samp/],
    ['a band without two edges', [0.2, 3, 'btype=bandpass'], /needs two frequencies/],
    ['a family without its ripple', [0.2, 3, 'ftype=cheby1'], /cheby1 needs rp/],
    ['an unknown family', [0.2, 3, 'ftype=gauss'], /ftype must be one of butter/],
  ])('say what is wrong with %s', (_, initArgs, message) => {
    const run = () => filtered('iir_filter', initArgs);
    expect(run).toThrow(ProcessingChainError);
    expect(run).toThrow(message);
  });

  it('are refused where there is nothing to make', () => {
    expect(() => filtered('log_check', [1])).toThrow(/log_check takes no init_args/);
  });
});
