import type { KernelSpec, Sizes } from '../spec/kernel-spec.js';
import { parseSignature } from '../spec/kernel-spec.js';

/** One way to call a kernel, for tests and benchmarks. */
export interface KernelExample {
  readonly name: string;
  /** Parameters by argument name. */
  readonly scalars: Readonly<Record<string, number>>;
  /** Input arrays that are no waveform of n samples, from the sizes of the call. */
  readonly arrays: Readonly<Record<string, (sizes: Sizes) => readonly number[]>>;
  /** Lengths of the other dimensions for waveforms of n samples. */
  readonly lengths: (n: number) => Partial<Record<'m' | 'p' | 'q', number>>;
  /** Parameters that may differ from row to row; undefined: all of them. */
  readonly perRow?: readonly string[];
}

/** Sensible parameters by argument name; those of one example come before those of all. */
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
  slope: 0.25,
  intercept: 11,
  threshold: 12,
  a_min: -3,
  a_max: 17,
  bit_depth_in: 4,
  do_norm: 1,
  num_mw: 3,
  mw_type: 0,
  t0_in: 5,
  upsample: 2,
  init_in: 9,
  init_out: 11,
  gain: 0.75,
  tau: 12,
  omega: 0.4,
  phase: 0.3,
  degree: 2,
  derivative: 0,
  fraction: 0.3,
  delay: 4,
  sigma: 2,
  truncate: 3,
};

function example(name: string, parts: Partial<KernelExample>): KernelExample {
  return { name, scalars: {}, arrays: {}, lengths: () => ({}), ...parts };
}

const convolutionLengths: Readonly<Record<string, (n: number, m: number) => number>> = {
  f: (n, m) => n + m - 1,
  v: (n, m) => n - m + 1,
  s: (n) => n,
};

/** Weights of the convolutions: few are summed, many go through transforms, and equal ones are a moving sum. */
const convolutionWeights: Readonly<Record<string, (i: number) => number>> = {
  '5 weights': (i) => Math.sin(i + 1) + 0.1 * i,
  '61 weights': (i) => Math.sin(i + 1) + 0.1 * i,
  '47 weights, the last 40 equal': (i) => (i < 7 ? i / 7 : -0.25),
  '47 weights, the first 40 equal': (i) => (i < 40 ? 0.25 : -i),
  '90 weights': (i) => Math.cos(i / 7),
};

/** For another name of the same convolutions. */
const fewWeights = {
  '5 weights': convolutionWeights['5 weights']!,
  '90 weights': convolutionWeights['90 weights']!,
};

function convolutions(
  weights: Readonly<Record<string, (i: number) => number>> = convolutionWeights,
): KernelExample[] {
  return Object.entries(convolutionLengths).flatMap(([mode, resultLength]) =>
    Object.entries(weights).map(([name, weightOf]) =>
      example(`mode ${mode}, ${name}`, {
        scalars: { mode_in: mode.charCodeAt(0) },
        arrays: { kernel: ({ m }) => Array.from({ length: m }, (_, i) => weightOf(i)) },
        lengths: (n) => {
          const m = Math.min(n, Number.parseInt(name, 10));
          return { m, p: Math.max(0, resultLength(n, m)) };
        },
      }),
    ),
  );
}

/** Places, the second one twice, and no more. */
function places({ m }: Sizes): number[] {
  return Array.from({ length: m }, (_, i) => (i < 3 ? Math.min(i + 1, 2) : Number.NaN));
}

/** Counts of a histogram with two peaks and empty bins. */
function bars({ n }: Sizes): number[] {
  return Array.from({ length: n }, (_, i) =>
    i % 7 === 3 ? 0 : Math.round(90 / (1 + (i - n / 3) ** 2) + 60 / (1 + (i - n / 2) ** 2)),
  );
}

function rising({ m }: Sizes): number[] {
  return Array.from({ length: m }, (_, i) => 2.5 * i - 4);
}

const listLengths = (n: number) => ({ m: Math.max(0, Math.min(n - 1, 5)) });

const extrema = [0, 1, 2, 3].map((direction) =>
  example(`direction ${direction.toString()}`, {
    scalars: {
      a_delta_max_in: 2,
      a_delta_min_in: 1,
      search_direction: direction,
      a_abs_max_in: 12,
      a_abs_min_in: 200,
    },
    lengths: (n) => ({ m: Math.max(0, Math.min(n - 1, 12)) }),
    perRow: ['a_delta_max_in', 'a_abs_max_in'],
  }),
);

/** Coefficients of filters that forget: feed-forward p, feedback q; every number has its own loop up to 5 of both. */
const recursions = [
  [1, 2],
  [2, 2],
  [1, 3],
  [2, 3],
  [3, 3],
  [4, 4],
  [5, 5],
  [1, 1],
  [4, 1],
  [3, 2],
  [2, 7],
  [9, 9],
  [1, 12],
  [8, 19],
].map(([p = 0, q = 0]) =>
  example(`${p.toString()} and ${q.toString()} coefficients`, {
    arrays: {
      a: () => Array.from({ length: p }, (_, j) => 0.4 - 0.13 * j),
      b: () => Array.from({ length: q }, (_, j) => (j === 0 ? 1.25 : -0.6 * (-0.5) ** j)),
    },
    lengths: () => ({ p, q }),
  }),
);

/** c_1, c_2, b_1, b_2 of sections whose zeros are of every kind. */
const sectionKinds: Readonly<Record<string, readonly number[]>> = {
  'both zeros at -1': [2, 1, -0.9, 0.3],
  'both zeros at 1': [-2, 1, 0.4, 0.2],
  'zeros at 1 and -1': [0, -1, -0.2, 0.5],
  'zeros on the circle': [0.7, 1, 0.3, -0.1],
  'one zero': [0.6, 0, -0.5, 0.2],
  'any zeros': [0.4, -0.3, -0.6, 0],
};

function sections(name: string, list: readonly (readonly number[])[]): KernelExample {
  const flat = list.flat();
  return example(name, {
    arrays: { sections: () => flat },
    lengths: () => ({ m: flat.length }),
    perRow: ['gain'],
  });
}

const ofSections = [
  ...Object.entries(sectionKinds).flatMap(([name, section]) => {
    const other = section.map((value, i) => (i < 2 ? value : 0.7 * value));
    return [
      sections(`one, ${name}`, [section]),
      sections(`two, ${name}`, [section, other]),
      sections(`five, ${name}`, [section, other, other, section, section]),
    ];
  }),
  sections('of several kinds', Object.values(sectionKinds).slice(1)),
];

const divisorOfZero = example('first feedback coefficient 0', {
  arrays: { a: () => [1, 2], b: () => [0, 0.5] },
  lengths: () => ({ p: 2, q: 2 }),
});

const histogramLengths = () => ({ m: 10, p: 11 });

/** Examples of kernels that need more than parameters by name. */
const examples: Readonly<Record<string, readonly KernelExample[]>> = {
  avg_current: [example('', { lengths: (n) => ({ m: Math.max(0, n - 3) }), perRow: [] })],
  convolve_wf: convolutions(),
  fft_convolve_wf: convolutions(fewWeights),
  reflected_convolve_wf: [
    example('', {
      arrays: { kernel: ({ m }) => Array.from({ length: m }, (_, i) => 1 + i) },
      lengths: (n) => ({ m: Math.min(n, 7), p: n }),
    }),
  ],
  moving_window_multi: [0, 1, 2].map((type) =>
    example(`type ${type.toString()}`, { scalars: { mw_type: type }, perRow: ['length', 'num_mw'] }),
  ),
  median_filter: [1, 3, 9].map((length) =>
    example(`of ${length.toString()}`, { scalars: { length }, perRow: [] }),
  ),
  savgol_filter: [0, 1].map((derivative) =>
    example(`derivative ${derivative.toString()}`, {
      scalars: { length: 7, derivative },
      perRow: ['derivative'],
    }),
  ),
  wavelet_denoise: [Number.NaN, 3].map((threshold) =>
    example(Number.isNaN(threshold) ? 'of the noise' : 'given', {
      scalars: { level: 3, a_threshold: threshold },
    }),
  ),
  constant_fraction: [example('', { scalars: { a_threshold: 20 } })],
  windower: [-2, 5, 90].map((start) =>
    example(`from ${start.toString()}`, {
      scalars: { t0_in: start },
      lengths: (n) => ({ m: Math.max(0, n - 2) }),
    }),
  ),
  presum: [0, 1].map((norm) =>
    example(norm === 1 ? 'averages' : 'sums', {
      scalars: { do_norm: norm },
      lengths: (n) => ({ m: Math.floor(n / 3) }),
      perRow: [],
    }),
  ),
  upsampler: [2, 3.5].map((factor) =>
    example(`by ${factor.toString()}`, {
      scalars: { upsample: factor },
      lengths: (n) => ({ m: 3 * n }),
    }),
  ),
  interpolating_upsampler: Array.from('infclhs', (mode) =>
    example(`mode ${mode}`, {
      scalars: { mode_in: mode.charCodeAt(0) },
      lengths: (n) => ({ m: 3 * n }),
    }),
  ),
  fixed_time_pickoff: Array.from('nfclhs', (mode) =>
    example(`mode ${mode}`, { scalars: { mode_in: mode.charCodeAt(0) } }),
  ),
  time_point_thresh: [0, 1].map((walk) =>
    example(walk === 1 ? 'forward' : 'backward', {
      scalars: { walk_forward: walk, t_start: walk === 1 ? 2 : 60 },
      perRow: ['a_threshold', 't_start'],
    }),
  ),
  recursive_filter: [...recursions, divisorOfZero],
  settled_recursive_filter: recursions.filter((_, i) => i % 4 === 1),
  settled_sections: ofSections,
  inject_damped_oscillation: [example('', { perRow: ['tau', 'omega', 'phase'] })],
  diff: [example('', { lengths: (n) => ({ m: Math.max(0, n - 1) }) })],
  psd: [example('', { lengths: (n) => ({ m: Math.floor(n / 2) + 1 }) })],
  fft: [example('', { lengths: (n) => ({ m: Math.floor(n / 2) + 1 }) })],
  ifft: [example('', { lengths: (n) => ({ m: Math.max(0, 2 * (n - 1)) }) })],
  bi_level_zero_crossing_time_points: [
    example('', {
      scalars: {
        a_pos_threshold_in: 12,
        a_neg_threshold_in: 10,
        gate_time_in: 20,
        t_start_in: 0,
      },
      lengths: () => ({ m: 4 }),
    }),
  ],
  histogram: [example('', { lengths: histogramLengths })],
  histogram_around_mode: [Number.NaN, 12].map((center) =>
    example(Number.isNaN(center) ? 'centre not given' : 'around 12', {
      scalars: { center, bin_width: 0.5 },
      lengths: histogramLengths,
      perRow: ['center', 'bin_width'],
    }),
  ),
  histogram_peakstats: [0, 1, 2, 3, 4].map((type) =>
    example(`width ${type.toString()}`, {
      scalars: { max_in: type < 2 ? Number.NaN : 30, skip_zeroes: type % 2, width_type: type },
      arrays: { weights_in: bars, edges_in: rising },
      lengths: (n) => ({ m: n + 1 }),
      perRow: ['max_in'],
    }),
  ),
  histogram_stats: [Number.NaN, 30, 1e6].map((max) =>
    example(Number.isNaN(max) ? 'first fullest bin' : `near ${max.toString()}`, {
      scalars: { max_in: max },
      arrays: { weights_in: bars, edges_in: rising },
      lengths: (n) => ({ m: n + 1 }),
      perRow: ['max_in'],
    }),
  ),
  get_multi_local_extrema: extrema,
  find_local_extrema: extrema,
  peak_snr_threshold: [
    example('', {
      scalars: { ratio_in: 2, width_in: 3 },
      arrays: { idx_in: places },
      lengths: listLengths,
      perRow: ['ratio_in', 'width_in'],
    }),
  ],
  multi_a_filter: [example('', { arrays: { vt_maxs_in: places }, lengths: listLengths })],
  multi_t_filter: [
    example('', {
      scalars: { a_threshold_in: 12 },
      arrays: { vt_max_in: places, vt_min_in: places },
      lengths: listLengths,
      perRow: ['a_threshold_in'],
    }),
  ],
};

const plain = example('', {});

/** Examples of a kernel, at least one. */
export function examplesOf(spec: KernelSpec): readonly KernelExample[] {
  return examples[spec.name] ?? [plain];
}

/** Value of a scalar argument in examples. Throws when a kernel has one that nobody gave an example for. */
export function exampleOf(spec: KernelSpec, name: string, chosen = examplesOf(spec)[0] ?? plain): number {
  const value = chosen.scalars[name] ?? parameters[name];
  if (value === undefined)
    throw new Error(`give an example of ${spec.name}'s argument ${name} in kernel-examples.ts`);
  return value;
}

/** Lengths of all dimensions of a kernel for waveforms of n samples. */
export function exampleSizes(spec: KernelSpec, n: number, chosen = examplesOf(spec)[0] ?? plain): Sizes {
  const letters = new Set(parseSignature(spec.signature).args.flat());
  const lengths = chosen.lengths(n);
  const other = (letter: 'm' | 'p' | 'q') => (letters.has(letter) ? (lengths[letter] ?? n) : 0);
  return { n: letters.has('n') ? n : 0, m: other('m'), p: other('p'), q: other('q') };
}

/** Numbers of an input array of an example; undefined when it is a waveform. */
export function exampleArray(name: string, sizes: Sizes, chosen: KernelExample): number[] | undefined {
  const made = chosen.arrays[name]?.(sizes);
  return made === undefined ? undefined : [...made];
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
