import { z } from 'zod';

const weights = z.array(z.number().min(0)).min(1).max(20);

/** Options of find_filter. */
export const filterOptions = z
  .strictObject({
    waveform: z.string().min(1).default('waveform').meta({ title: 'Waveform', description: 'Of raw tables' }),
    baseline: z.int().min(20).max(100_000).default(800).meta({
      title: 'Baseline',
      description: 'Samples before the pulse, which tell the noise',
      unit: 'samples',
    }),
    presum: z.int().min(1).max(64).default(1).meta({
      title: 'Samples in one',
      description: 'Means of so many neighbours take their place, as presum of a chain makes them',
    }),
    length: z.int().min(8).max(512).default(128).meta({
      title: 'Length',
      description: 'Of the filter, in samples after summing',
      unit: 'samples',
    }),
    flat: z.int().min(0).max(128).default(16).meta({
      title: 'Flat top',
      description: 'How far a pulse may be shifted to both sides without changing the answer',
      unit: 'samples',
    }),
    figure: z.enum(['line', 'noise']).default('line').meta({
      title: 'Figure of merit',
      description: 'line: FWHM of a γ line in keV; noise: FWHM of the answer to noise alone',
    }),
    energy: z.number().positive().default(2614.511).meta({ title: 'Line', unit: 'keV' }),
    reach: z.number().positive().default(25).meta({ title: 'Fitted on both sides', unit: 'keV' }),
    guess: z
      .number()
      .positive()
      .meta({ title: 'Guess', description: 'Roughly keV per ADC of height, within 10 %', unit: 'keV' }),
    noise: weights.default([1, 10, 100, 1000, 10_000]).meta({
      title: 'Weights of noise',
      description:
        'How much little noise counts beside the same height for every pulse, 1: as much as it adds to its error; each is tried',
    }),
    zeroArea: weights.default([1]).meta({
      title: 'Weights of no area',
      description: 'How much it counts that a constant gives nothing; each is tried',
    }),
    poleZero: weights.default([0]).meta({
      title: 'Weights of no tail',
      description: 'How much it counts that the tail of an earlier pulse gives nothing; each is tried',
    }),
    tauUs: z.number().positive().optional().meta({
      title: 'Decay constant',
      description: 'Of tails, for the weights of no tail',
      unit: 'us',
    }),
    nMax: z
      .int()
      .min(100)
      .max(20_000)
      .default(4000)
      .meta({ title: 'Most pulses', description: 'How many pulses around the line are used of each table' }),
    parameter: z
      .string()
      .regex(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, 'the name behind db., such as dplms')
      .default('dplms')
      .meta({ title: 'Parameter', description: 'Behind db.: <name>.kernel and <name>.length' }),
    tables: z
      .array(z.string().min(1))
      .default([])
      .meta({ title: 'Tables', description: 'Paths or patterns; empty: every table with waveforms' }),
  })
  .refine(({ noise }) => noise.every((one) => one > 0), {
    path: ['noise'],
    message: 'noise has to count: give weights above 0',
  })
  .refine(({ poleZero, tauUs }) => tauUs !== undefined || poleZero.every((one) => one === 0), {
    path: ['tauUs'],
    message: 'tails are known by their decay constant: give it, or weights of 0',
  })
  .refine(({ baseline, presum, length }) => Math.floor(baseline / presum) >= length, {
    path: ['length'],
    message: 'the baseline must be as long as the filter: shorten the filter, or sum more samples in one',
  })
  .refine(({ noise, zeroArea, poleZero }) => noise.length * zeroArea.length * poleZero.length <= 200, {
    path: ['noise'],
    message: 'these are more than 200 filters',
  });
/** Options of find_filter with defaults filled in. */
export type FilterOptions = z.infer<typeof filterOptions>;

/** Heights of the pulses that are used, over their baselines: a tenth around the line. */
export function heightsOf({ energy, guess }: FilterOptions): { readonly from: number; readonly to: number } {
  return { from: (0.9 * energy) / guess, to: (1.1 * energy) / guess };
}
