import { describe, expect, it } from 'vitest';
import { batchOf, numbersOf } from '../testing/batches.js';
import { exampleWaveform } from '../testing/kernel-examples.js';
import { implementations } from '../testing/kernel-modules.js';
import { differences } from '../testing/numbers.js';
import { planChain } from './plan.js';

const rows = 6;
const length = 400;
const places = [3, 100, 200, 201, 390, 398, Number.NaN];

function inputWith(change: (waveforms: number[][]) => void) {
  const waveforms = Array.from({ length: rows }, (_, row) => exampleWaveform(length, row));
  change(waveforms);
  return batchOf(rows, [
    { name: 'wf', dtype: 'float32', shape: [length], values: waveforms.flat() },
    { name: 'rise', dtype: 'int32', values: [20, 21, 22, 23, 24, 25] },
    {
      name: 'places',
      dtype: 'float32',
      shape: [places.length],
      values: Array.from({ length: rows }, () => places).flat(),
    },
  ]);
}

const input = inputWith((waveforms) => {
  waveforms[1]![200] = Number.NaN;
  waveforms[3]![250] = Number.POSITIVE_INFINITY;
});

function run(config: { readonly outputs: readonly string[]; readonly processors: object }, build: number) {
  const chain = planChain(config, { input, kernels: implementations[build]!.kernels });
  const result = chain.run(input);
  return { chain, values: (name: string) => numbersOf(result, name) };
}

describe.each([
  ['trap_norm', '30'],
  ['trap_norm', 'rise'],
  ['trap_filter', '30'],
])('the largest sample of %s with a rise of %s', (filter, rise) => {
  const processors = {
    wf_trap: { function: filter, module: 'dspeed.processors', args: ['wf', rise, 10, 'wf_trap'] },
    top: { function: 'numpy.amax', args: ['wf_trap', 1, 'top'], kwargs: { types: ['fi->f'] } },
  };

  it.each([0, 1, 2])('is the same whether the filtered waveform is written or not, build %i', (build) => {
    const fused = run({ outputs: ['top'], processors }, build);
    const apart = run({ outputs: ['top', 'wf_trap'], processors }, build);
    expect(fused.values('top')).toEqual(apart.values('top'));
    expect(fused.values('top').map(Number.isNaN)).toEqual([false, true, false, true, false, false]);
    const works = (chain: typeof fused.chain) => chain.explanation.steps.map(({ work }) => work);
    expect(works(fused.chain)).not.toContain('amax');
    expect(works(apart.chain)).toContain('amax');
  });
});

describe('convolutions of one waveform with many weights of which few results are wanted', () => {
  const convolution = (name: string, weights: readonly number[]) => ({
    function: 'fft_convolve_wf',
    module: 'dspeed.processors',
    args: ['wf', weights, "'v'", `${name}(${(length - weights.length + 1).toString()}, 'f')`],
  });
  const processors = {
    wf_a: convolution(
      'wf_a',
      Array.from({ length: 360 }, (_, i) => Math.sin(i / 9)),
    ),
    wf_b: convolution(
      'wf_b',
      Array.from({ length: 360 }, (_, i) => Math.exp(-i / 90)),
    ),
  };

  it('share the transforms of the waveform and give what each gives alone', () => {
    for (const build of [0, 1]) {
      const both = run({ outputs: ['wf_a', 'wf_b'], processors }, build);
      const transforms = both.chain.explanation.steps.filter(({ work }) => work === 'transform_parts');
      expect(transforms).toHaveLength(1);
      for (const name of ['wf_a', 'wf_b'] as const)
        expect(both.values(name)).toEqual(run({ outputs: [name], processors }, build).values(name));
    }
  });
});

describe.each(['trap_norm', 'trap_filter'])('samples of %s at some places', (filter) => {
  const processors = (rise: number | string, where: string | readonly number[]) => ({
    wf_trap: { function: filter, module: 'dspeed.processors', args: ['wf', rise, 2, 'wf_trap'] },
    energies: {
      function: 'multi_a_filter',
      module: 'dspeed.processors',
      args: ['wf_trap[:395]', where, 'energies'],
    },
  });
  const worksOf = ({ chain }: ReturnType<typeof run>) => chain.explanation.steps.map(({ work }) => work);

  it.each([0, 1, 2])('are the same whether the filtered waveform is written or not, build %i', (build) => {
    const config = { processors: processors(4, 'places') };
    const fused = run({ ...config, outputs: ['energies'] }, build);
    const apart = run({ ...config, outputs: ['energies', 'wf_trap'] }, build);
    expect([worksOf(fused), worksOf(apart)]).toEqual([
      expect.arrayContaining([`${filter}_at`]),
      expect.arrayContaining([filter, 'multi_a_filter']),
    ]);
    const tolerance = { rtol: 1e-5, atol_rel_to_max: 1e-6 };
    expect(differences(fused.values('energies'), apart.values('energies'), tolerance)).toEqual([]);
    expect(fused.values('energies').slice(0, places.length).map(Number.isNaN)).toEqual(
      places.map((place) => !(place >= 0 && place < 395)),
    );
  });

  it.each([30, 'rise'])('are taken from all of the result with a rise of %s: that reads less', (rise) => {
    const whole = run({ outputs: ['energies'], processors: processors(rise, 'places') }, 0);
    expect(worksOf(whole)).toContain(filter);
  });

  it('must be whole', () => {
    for (const build of [0, 1, 2])
      expect(() => run({ outputs: ['energies'], processors: processors(4, [8.5]) }, build)).toThrow(
        /energies.*not a whole number of samples/s,
      );
  });
});

describe('a float32 waveform convolved with weights in double', () => {
  const smoothed = (count: number, waveform: string) => ({
    wf_less: { function: 'bl_subtract', module: 'dspeed.processors', args: ['wf', 'rise', 'wf_less'] },
    wf_double: "astype(wf_less, 'float64')",
    weights: {
      function: 'gaussian_filter1d',
      module: 'dspeed.processors',
      args: [1.5, (count - 1) / 3, `weights(${count.toString()}, 'd')`],
    },
    wf_smooth: {
      function: 'reflected_convolve_wf',
      module: 'dspeed.processors',
      args: [waveform, 'weights', `wf_smooth(${length.toString()})`],
    },
  });

  it('has a function of its own in both builds', () => {
    for (const { kernels } of implementations.slice(0, 2))
      expect(kernels.instantiate(0).kernel('reflected_convolve_wf_f32_f64')).toBeDefined();
  });

  it.each([1, 9, 11, 17, 39])('is not converted before, with %i weights', (count) => {
    for (const build of [0, 1, 2]) {
      const found = run({ outputs: ['wf_smooth'], processors: smoothed(count, 'wf_less') }, build);
      const apart = run(
        { outputs: ['wf_smooth', 'wf_double'], processors: smoothed(count, 'wf_double') },
        build,
      );
      expect(found.chain.explanation.steps.map(({ work }) => work)).not.toContain('formula');
      const tolerance = { rtol: 1e-12, atol_rel_to_max: 1e-13 };
      expect(differences(found.values('wf_smooth'), apart.values('wf_smooth'), tolerance)).toEqual([]);
    }
  });
});
