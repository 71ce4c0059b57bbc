import type { Dtype } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { batchOf, numbersOf } from '../testing/batches.js';
import { exampleWaveform } from '../testing/kernel-examples.js';
import { implementations } from '../testing/kernel-modules.js';
import { planChain } from './plan.js';

const builds = [0, 1, 2];

/** Waveforms with their levels; those of floats have a NaN, an infinite sample and an infinite level. */
function inputOf(dtype: Dtype, rows: number, length = 47) {
  const isFloat = dtype.startsWith('float');
  const waveforms = Array.from({ length: rows }, (_, row) =>
    exampleWaveform(length, row).map((value) => (isFloat ? value : Math.abs(Math.round(value)) % 100)),
  );
  if (isFloat && rows > 5 && length > 46) {
    waveforms[1]![40] = Number.NaN;
    waveforms[2]![41] = Number.POSITIVE_INFINITY;
    waveforms[4]![2] = Number.NaN;
    waveforms[5]![46] = Number.NEGATIVE_INFINITY;
  }
  const levels = Array.from({ length: rows }, (_, row) =>
    row === 3 ? Number.NaN : row === 5 ? Number.NEGATIVE_INFINITY : 10.3 + row / 7,
  );
  return batchOf(rows, [
    { name: 'wf', dtype, shape: [length], values: waveforms.flat() },
    { name: 'level', dtype: dtype === 'float64' ? 'float64' : 'float32', values: levels },
  ]);
}

const kernel = (name: string, ...args: readonly string[]) => ({
  function: name,
  module: 'dspeed.processors',
  args,
});

function processorsOf(level: string, waveform = 'wf') {
  return {
    'mean, std, slope, cut': kernel('linear_slope_fit', 'wf[1:9]', 'mean', 'std', 'slope', 'cut'),
    less: kernel('bl_subtract', waveform, level, 'less'),
    't_min, t_max, low, high': kernel('min_max', 'less', 't_min', 't_max', 'low', 'high'),
    'all, spread': kernel('mean_stdev', 'wf', 'all', 'spread'),
  };
}

/** Runs it; a statistic over all of the waveform keeps the subtraction a step of its own. */
function run(
  input: ReturnType<typeof inputOf>,
  processors: object,
  { build, apart }: { readonly build: number; readonly apart: boolean },
) {
  const outputs = ['mean', 'less', 'high', ...(apart ? ['all'] : [])];
  const { kernels } = implementations[build]!;
  const chain = planChain({ outputs, processors }, { input, kernels, blockRows: 8 });
  const result = chain.run(input);
  const columns = ['mean', 'less', 'high'].map((name) => numbersOf(result, name));
  return { chain, columns, works: chain.explanation.steps.map(({ work }) => work) };
}

describe.each<Dtype>(['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'float32', 'float64', 'int64'])(
  'a baseline taken from a waveform of %s while it is loaded',
  (dtype) => {
    it.each([0, 1, 11])('leaves exactly what it leaves afterwards, in %i rows', (rows) => {
      const input = inputOf(dtype, rows);
      for (const level of ['mean', 'level', '12.625']) {
        for (const build of builds) {
          const fused = run(input, processorsOf(level), { build, apart: false });
          const apart = run(input, processorsOf(level), { build, apart: true });
          expect(fused.columns).toEqual(apart.columns);
          expect(fused.works).toContain('read less baseline');
          expect(fused.works).not.toContain('bl_subtract');
          expect(apart.works).toContain('bl_subtract');
        }
      }
    });
  },
);

describe('loading a waveform less its baseline', () => {
  const input = inputOf('uint16', 6);
  const at = { build: 0, apart: false };

  it('reads the part for the statistics first, and is told so', () => {
    const { steps, variables } = run(input, processorsOf('mean'), at).chain.explanation;
    expect(steps.map(({ processor, work, bytesPerRow }) => [processor, work, bytesPerRow])).toEqual([
      ['wf', 'read', 8 * 4],
      ['mean, std, slope, cut', 'linear_slope_fit', 16],
      ['less', 'read less baseline', 47 * 4],
      ['t_min, t_max, low, high', 'min_max', 16],
    ]);
    expect(variables.map(({ name }) => name)).toContain('wf');
  });

  it.each([2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33])(
    'holds for all and for a section of %i samples',
    (length) => {
      for (const waveform of ['wf', 'wf[1:]']) {
        const processors = {
          less: kernel('bl_subtract', waveform, 'level', 'less'),
          'mean, std': kernel('mean_stdev', 'less', 'mean', 'std'),
          't_min, t_max, low, high': kernel('min_max', 'less', 't_min', 't_max', 'low', 'high'),
          'all, spread': kernel('mean_stdev', waveform, 'all', 'spread'),
        };
        for (const dtype of ['uint16', 'float32', 'float64'] as const) {
          const short = inputOf(dtype, 5, length);
          const [simd, scalar] = [0, 1].map((build) => {
            const fused = run(short, processors, { build, apart: false });
            expect(fused.columns).toEqual(run(short, processors, { build, apart: true }).columns);
            return fused;
          });
          expect(simd?.works).toContain('read less baseline');
          expect(simd?.columns[1]).toEqual(scalar?.columns[1]);
        }
      }
    },
  );

  it.each([
    ['all of the waveform is needed as it is', kernel('mean_stdev', 'wf', 'mean', 'std'), 'mean'],
    ['much of it is', kernel('mean_stdev', 'wf[0:30]', 'mean', 'std'), 'mean'],
    ['every other sample of it is', kernel('mean_stdev', 'wf[0:8:2]', 'mean', 'std'), 'mean'],
    ['the baseline is a sample of it', kernel('mean_stdev', 'wf[0:8]', 'mean', 'std'), 'wf[0]'],
    ['a formula takes it', 'wf * 0.5', 'mean[0]'],
    ['two baselines are taken away', kernel('bl_subtract', 'wf', '3', 'mean'), 'level'],
  ])('is not done where %s', (_, mean: unknown, level) => {
    const processors = {
      [level === 'level' || level === 'mean[0]' ? 'mean' : 'mean, std']: mean,
      less: kernel('bl_subtract', 'wf', level, 'less'),
      high: { function: 'numpy.amax', args: ['less', 1, 'high'], types: ['fi->f'] },
    };
    expect(run(inputOf('float32', 6), processors, at).works).toContain('bl_subtract');
  });
});
