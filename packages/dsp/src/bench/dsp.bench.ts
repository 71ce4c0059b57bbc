/**
 * Nanoseconds per sample and waveform of every kernel: SIMD build, scalar build and reference, in turns within one
 * run, and waveforms per second of a whole chain. `--json` prints one line of JSON instead of the table.
 */
import { cpus } from 'node:os';
import { planChain } from '../chain/plan.js';
import { kernels } from '../spec/kernels.js';
import { numpyKernels } from '../spec/numpy.js';
import { batchOf } from '../testing/batches.js';
import { compiledCall, referenceCall } from '../testing/direct-call.js';
import { exampleWaveform } from '../testing/kernel-examples.js';
import { nodeKernels } from '../wasm/node-kernels.js';

const samples = 4096;
const waveforms = 4;
const rounds = 9;
const roundMilliseconds = 20;

function nanosecondsPerCall(call: () => void): number {
  let calls = 0;
  const start = process.hrtime.bigint();
  let now = start;
  while (now - start < BigInt(roundMilliseconds) * 1_000_000n) {
    for (let i = 0; i < 8; i += 1) call();
    calls += 8;
    now = process.hrtime.bigint();
  }
  return Number(now - start) / calls;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Medians of several calls, measured in turns so that a busy moment of the machine hits all alike. */
function inTurns(calls: readonly (() => void)[]): number[] {
  for (const call of calls) nanosecondsPerCall(call);
  const times: number[][] = calls.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    calls.forEach((call, index) => times[index]?.push(nanosecondsPerCall(call)));
  }
  return times.map(median);
}

interface KernelTimes {
  readonly kernel: string;
  readonly simd: number;
  readonly scalar: number;
  readonly reference: number;
  readonly scalarPerSimd: number;
}

function timeKernels(): KernelTimes[] {
  return [...kernels, ...numpyKernels].flatMap((spec) => {
    if (!spec.compiled) return [];
    const simd = compiledCall(spec, nodeKernels('simd'), samples);
    const scalar = compiledCall(spec, nodeKernels('scalar'), samples);
    if (simd === undefined || scalar === undefined) return [];
    const times = inTurns([simd, scalar, referenceCall(spec, samples)]).map(
      (time) => time / (samples * waveforms),
    );
    const [a = Number.NaN, b = Number.NaN, c = Number.NaN] = times;
    return [{ kernel: spec.name, simd: a, scalar: b, reference: c, scalarPerSimd: b / a }];
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
  chain: timeChain(),
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
      results.kernels.map(({ kernel, simd, scalar, reference, scalarPerSimd }) => [
        kernel,
        {
          simd: text(simd),
          scalar: text(scalar),
          reference: text(reference),
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
