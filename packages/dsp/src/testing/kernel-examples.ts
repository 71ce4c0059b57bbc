import type { KernelSpec, Sizes } from '../spec/kernel-spec.js';
import { parseSignature } from '../spec/kernel-spec.js';

/** Sensible parameters of kernels by argument name; those of one kernel come before those of all. */
const parameters: Readonly<Record<string, number>> = {
  a_baseline: 12.5,
  t_tau: 400,
  rise: 3,
  flat: 2,
  fall: 4,
  t_pickoff: 30,
  length: 3,
  a_threshold: 20,
  t_start: 30,
  walk_forward: 0,
  t_in: 20.25,
  t_tau1: 400,
  t_tau2: 20,
  frac: 0.05,
  mode_in: 'h'.charCodeAt(0),
};

/** How many samples an output of its own length has, by kernel. */
const outputLengths: Readonly<Record<string, (n: number) => number>> = {
  avg_current: (n) => Math.max(0, n - 3),
};

/** Value of a scalar argument in examples. Throws when a kernel has one that nobody gave an example for. */
export function exampleOf(spec: KernelSpec, name: string): number {
  const value = parameters[`${spec.name}.${name}`] ?? parameters[name];
  if (value === undefined)
    throw new Error(`give an example of ${spec.name}'s argument ${name} in kernel-examples.ts`);
  return value;
}

/** Lengths of all dimensions of a kernel for waveforms of n samples. */
export function exampleSizes(spec: KernelSpec, n: number): Sizes {
  const letters = new Set(parseSignature(spec.signature).args.flat());
  const other = outputLengths[spec.name]?.(n) ?? n;
  return {
    n: letters.has('n') ? n : 0,
    m: letters.has('m') ? other : 0,
    p: letters.has('p') ? other : 0,
    q: letters.has('q') ? other : 0,
  };
}

/** A repeatable pulse with noise: baseline, sharp rise at two fifths, exponential tail. */
export function exampleWaveform(n: number, seed: number): number[] {
  let state = (seed * 2_654_435_761) % 4_294_967_296;
  const noise = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296 - 0.5;
  };
  const rise = Math.floor(0.4 * n);
  return Array.from(
    { length: n },
    (_, i) => 10 + seed + 4 * noise() + (i < rise ? 0 : 100 * Math.exp((rise - i) / 400)),
  );
}
