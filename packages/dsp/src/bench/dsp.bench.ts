/**
 * Nanoseconds per sample and waveform of every kernel: SIMD build and scalar build, in turns within one run, and waveforms per second of a whole chain. `--json` prints one line of JSON instead of the table,
 * `--only=ifft,std` measures these kernels alone.
 */
import { cpus } from 'node:os';
import { planChain } from '../chain/plan.js';
import { type BandType, designIir, designRoots } from '../design/iir-design.js';
import { sectionsOf } from '../design/sections.js';
import { kernels } from '../spec/kernels.js';
import { numpyKernels } from '../spec/numpy.js';
import { gaussianSmoothingKernel } from '../spec/scipy.js';
import { batchOf } from '../testing/batches.js';
import { compiledCall } from '../testing/direct-call.js';
import { examplesOf, exampleWaveform, type KernelExample } from '../testing/kernel-examples.js';
import { nodeKernels } from '../wasm/node-kernels.js';

const samples = 4096;
const waveforms = 4;
const plainExample: KernelExample = { name: '', scalars: {}, arrays: {}, lengths: () => ({}) };
const rounds = 25;
const roundMilliseconds = 4;

function nanosecondsPerCall(call: () => void): number {
  let calls = 0;
  const start = process.hrtime.bigint();
  let now = start;
  while (now - start < BigInt(roundMilliseconds) * 1_000_000n) {
    call();
    calls += 1;
    now = process.hrtime.bigint();
  }
  return Number(now - start) / calls;
}

/** Best times of several calls, measured in turns so that a busy moment of the machine hits all alike. */
function inTurns(calls: readonly (() => void)[]): number[] {
  for (const call of calls) nanosecondsPerCall(call);
  const times = calls.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1) {
    calls.forEach((call, index) => {
      times[index] = Math.min(times[index] ?? Number.NaN, nanosecondsPerCall(call));
    });
  }
  return times;
}

interface KernelTimes {
  readonly kernel: string;
  readonly simd: number;
  readonly scalar: number;
  readonly scalarPerSimd: number;
}

/** Samples of the waveform where results are longer than it; the time is counted per result. */
const waveformSamples: Readonly<Record<string, number>> = {
  ifft: samples / 2 + 1,
  upsampler: samples / 2,
  interpolating_upsampler: samples / 2,
};

/** Weights and parameters that are worth measuring, where those of the tests are made for corners. */
const measured: Readonly<Record<string, readonly KernelExample[]>> = {
  convolve_wf: [convolution('s', 9), convolution('s', 133)],
  fft_convolve_wf: [convolution('v', 1000), convolution('v', 3000)],
  time_point_thresh: [withScalars('whole waveform', { a_threshold: 1000, t_start: samples - 1 })],
  trap_pickoff: [withScalars('at one time', { rise: 500, flat: 200, t_pickoff: 3000 })],
  get_multi_local_extrema: extrema(),
  find_local_extrema: extrema(),
  median_filter: [withScalars('of 5', { length: 5 }), withScalars('of 31', { length: 31 })],
  savgol_filter: [withScalars('of 11', { length: 11, degree: 2, derivative: 0 })],
  gaussian_smoothing: [withScalars('of 25', { sigma: 4, truncate: 3 })],
  upsampler: [doubled('by 2', { upsample: 2 })],
  interpolating_upsampler: Array.from('ilhs', (mode) =>
    doubled(`mode ${mode}`, { mode_in: mode.charCodeAt(0) }),
  ),
  bi_level_zero_crossing_time_points: [
    withScalars('', {
      a_pos_threshold_in: 300,
      a_neg_threshold_in: -300,
      gate_time_in: 60,
      t_start_in: 100,
    }),
  ],
  recursive_filter: [recursion([0.06, 0.06], [1, -0.88]), recursion([0.02, 0.04, 0.02], [1, -1.56, 0.64])],
  settled_recursive_filter: [
    designed('lowpass', 2, [0.2]),
    designed('lowpass', 4, [0.2]),
    designed('bandpass', 4, [0.1, 0.3]),
  ],
  settled_sections: [
    inSections('lowpass', 2, [0.2]),
    inSections('lowpass', 4, [0.2]),
    inSections('bandpass', 4, [0.1, 0.3]),
  ],
  psd: [{ ...plainExample, lengths: (n) => ({ m: n / 2 + 1 }) }],
};

/** Few pulses, and a list that holds every wiggle of the noise. */
function extrema(): KernelExample[] {
  const levels = { search_direction: 1, a_abs_max_in: 60, a_abs_min_in: 60 };
  const every = {
    search_direction: 0,
    a_delta_max_in: 2,
    a_delta_min_in: 1,
    a_abs_max_in: 12,
    a_abs_min_in: 200,
  };
  return [
    withScalars('few', { ...levels, a_delta_max_in: 50, a_delta_min_in: 50 }),
    { ...plainExample, name: 'every fourth sample', scalars: every, lengths: (n) => ({ m: n - 1 }) },
  ];
}

function doubled(name: string, scalars: Readonly<Record<string, number>>): KernelExample {
  return { ...plainExample, name, scalars, lengths: (n) => ({ m: 2 * n }) };
}

function withScalars(name: string, scalars: Readonly<Record<string, number>>): KernelExample {
  return { ...plainExample, name, scalars, lengths: () => ({ m: 8 }) };
}

function recursion(a: readonly number[], b: readonly number[]): KernelExample {
  return {
    ...plainExample,
    name: `order ${(b.length - 1).toString()}`,
    arrays: { a: () => a, b: () => b },
    lengths: () => ({ p: a.length, q: b.length }),
  };
}

function designed(band: BandType, order: number, edges: readonly number[]): KernelExample {
  const { a, b } = designIir({ type: 'butter', band, order, edges, ripple: { pass: 0, stop: 0 } });
  const filter = recursion(a, b);
  return { ...filter, name: `${band}, ${filter.name}` };
}

function inSections(band: BandType, order: number, edges: readonly number[]): KernelExample {
  const roots = designRoots({ type: 'butter', band, order, edges, ripple: { pass: 0, stop: 0 } });
  const sections = (sectionsOf(roots) ?? []).flat();
  return {
    ...plainExample,
    name: `${band}, order ${roots.poles.length.toString()}`,
    scalars: { gain: roots.gain },
    arrays: { sections: () => sections },
    lengths: () => ({ m: sections.length }),
  };
}

function convolution(mode: 's' | 'v', m: number): KernelExample {
  return {
    name: `${m.toString()} weights`,
    scalars: { mode_in: mode.charCodeAt(0) },
    arrays: { kernel: () => Array.from({ length: m }, (_, i) => Math.sin(i)) },
    lengths: (n) => ({ m, p: mode === 's' ? n : n - m + 1 }),
  };
}

const only = process.argv
  .find((argument) => argument.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');

function timeKernels(): KernelTimes[] {
  return [...kernels, ...numpyKernels, gaussianSmoothingKernel].flatMap((spec) => {
    if (!spec.compiled || only?.includes(spec.name) === false) return [];
    return (measured[spec.name] ?? examplesOf(spec).slice(0, 1)).flatMap((example): KernelTimes[] => {
      const length = waveformSamples[spec.name] ?? samples;
      const simd = compiledCall(spec, nodeKernels('simd'), length, example);
      const scalar = compiledCall(spec, nodeKernels('scalar'), length, example);
      if (simd === undefined || scalar === undefined) return [];
      const [a = Number.NaN, b = Number.NaN] = inTurns([simd, scalar]).map(
        (time) => time / (samples * waveforms),
      );
      return [{ kernel: `${spec.name} ${example.name}`.trim(), simd: a, scalar: b, scalarPerSimd: b / a }];
    });
  });
}

/** Baseline, pole-zero, trapezoid and maximum: what every germanium chain does. */
const chainConfig = {
  outputs: ['bl_mean', 'bl_std', 'tp_max', 'trapEmax'],
  processors: {
    'bl_mean, bl_std, bl_slope, bl_icpt': {
      function: 'dspeed.processors.linear_slope_fit',
      args: ['waveform[0:1000]', 'bl_mean', 'bl_std', 'bl_slope', 'bl_icpt'],
    },
    wf_blsub: { function: 'dspeed.processors.bl_subtract', args: ['waveform', 'bl_mean', 'wf_blsub'] },
    'tp_min, tp_max, wf_min, wf_max': {
      function: 'dspeed.processors.min_max',
      args: ['wf_blsub', 'tp_min', 'tp_max', 'wf_min', 'wf_max'],
      unit: ['ns', 'ns', 'ADC', 'ADC'],
    },
    wf_pz: { function: 'dspeed.processors.pole_zero', args: ['wf_blsub', '180*us', 'wf_pz'] },
    wf_trap: { function: 'dspeed.processors.trap_norm', args: ['wf_pz', '8*us', '2*us', 'wf_trap'] },
    trapEmax: { function: 'numpy.amax', args: ['wf_trap', 1, 'trapEmax'], types: ['fi->f'] },
  },
};

interface ChainTimes {
  readonly build: string;
  readonly waveformsPerSecond: number;
  readonly nanosecondsPerSample: number;
}

function timeChain(): ChainTimes[] {
  const rows = 256;
  const length = 5592;
  const input = batchOf(rows, [
    {
      name: 'waveform/values',
      dtype: 'uint16',
      shape: [length],
      values: Array.from({ length: rows }, (_, row) =>
        exampleWaveform(length, row % 7).map((value) => 100 * value),
      ).flat(),
    },
    { name: 'waveform/dt', dtype: 'float64', units: 'ns', values: Array.from({ length: rows }, () => 16) },
    { name: 'waveform/t0', dtype: 'float64', units: 'ns', values: Array.from({ length: rows }, () => 0) },
  ]);
  const builds = ['simd', 'scalar'] as const;
  const chains = builds.map((build) => planChain(chainConfig, { input, kernels: nodeKernels(build) }));
  const times = inTurns(chains.map((chain) => () => chain.run(input)));
  return builds.map((build, index) => {
    const perWaveform = (times[index] ?? Number.NaN) / rows;
    return { build, waveformsPerSecond: 1e9 / perWaveform, nanosecondsPerSample: perWaveform / length };
  });
}

const results = {
  machine: cpus()[0]?.model ?? 'unknown',
  node: process.version,
  date: new Date().toISOString(),
  samples,
  unit: 'ns per sample and waveform',
  kernels: timeKernels(),
  chain: only === undefined ? timeChain() : [],
};

if (process.argv.includes('--json')) {
  console.log(JSON.stringify(results));
} else {
  const text = (value: number) => Number(value.toPrecision(3));
  console.log(
    `${results.machine}, Node ${results.node}, ${samples.toString()} float32 samples; ${results.unit}`,
  );
  console.table(
    Object.fromEntries(
      results.kernels.map(({ kernel, simd, scalar, scalarPerSimd }) => [
        kernel,
        {
          simd: text(simd),
          scalar: text(scalar),
          'scalar / simd': text(scalarPerSimd),
        },
      ]),
    ),
  );
  console.table(
    Object.fromEntries(
      results.chain.map(({ build, waveformsPerSecond, nanosecondsPerSample }) => [
        `chain, ${build}`,
        { 'waveforms / s': Math.round(waveformsPerSecond), 'ns / sample': text(nanosecondsPerSample) },
      ]),
    ),
  );
}
