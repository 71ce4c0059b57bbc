import { type GammaLine, lineLists } from '@countroom/analysis';
import { z } from 'zod';
import { chosenRows, dspOrHit, outputColumn } from '../analysis/shared-options.js';

const line = z.strictObject({
  energy: z.number().positive().meta({ title: 'Energy', unit: 'keV' }),
  name: z.string().max(64).optional().meta({ title: 'Name' }),
  below: z.number().positive().default(20).meta({ title: 'Fitted below the line', unit: 'keV' }),
  above: z.number().positive().default(20).meta({ title: 'Fitted above the line', unit: 'keV' }),
  broad: z.boolean().default(false).meta({ title: 'Broader than others: not for the resolution' }),
  shape: z.enum(['tail', 'gauss']).default('tail').meta({
    title: 'Shape',
    description: 'tail: a Gaussian with a tail to low energies where there is one; gauss: without',
  }),
});

const source = z.enum(['Th-228', 'Co-60', 'Cs-137']);

/** Options of calibrate. */
export const calibrateOptions = z
  .strictObject({
    from: dspOrHit,
    column: z
      .string()
      .min(1)
      .default('trapEmax')
      .meta({ title: 'Column', description: 'A column that is proportional to energy' }),
    source: source.optional().meta({ title: 'Source', description: 'Whose lines are looked for' }),
    lines: z.array(line).max(50).default([]).meta({ title: 'Further lines' }),
    ...chosenRows,
    guess: z
      .number()
      .positive()
      .optional()
      .meta({ title: 'Guess', description: 'Roughly keV per unit; looked for when absent', unit: 'keV' }),
    calibrated: z.boolean().default(false).meta({
      title: 'Is in keV',
      description: 'The column is energy already: lines and resolution are fitted, the scale stays as it is',
    }),
    degree: z.int().min(-1).max(4).optional().meta({
      title: 'Degree',
      description:
        'Of the polynomial from values to keV; 1 when absent; 0: a factor; -1: an offset beside the guess',
    }),
    likelihood: z.enum(['binned', 'unbinned']).default('binned').meta({
      title: 'Likelihood',
      description: 'binned: counts in bins of 0.2 keV; unbinned: every value by itself, which takes longer',
    }),
    mostUnbinned: z.int().min(100).max(200_000).default(20_000).meta({
      title: 'Most values unbinned',
      description: 'Lines with more values in their range are fitted in bins, which then lose nothing',
    }),
    positions: z.enum(['fits', 'tops']).default('fits').meta({
      title: 'Lines are where',
      description: 'fits: their fit has μ; tops: a Gaussian on a flat background has its top',
    }),
    tailPrior: z.number().min(0).max(100).default(0).meta({
      title: 'Prior on tails',
      description: 'Weight w of w·ln(tail + 0.1) beside −ln L, which keeps tails small; 0: none',
    }),
    leastProbability: z.number().min(0).max(0.5).default(1e-10).meta({
      title: 'Least probability',
      description: 'Fits below it count only while χ² is at most ten times the degrees of freedom',
    }),
    curve: z.enum(['auto', 'linear', 'quadratic']).default('auto').meta({
      title: 'Resolution curve',
      description:
        'linear: FWHM = √(a + bE); quadratic: √(a + bE + cE²); auto: what describes the lines better',
    }),
    resolutionAt: z
      .number()
      .positive()
      .default(2039)
      .meta({ title: 'Resolution at', description: 'Energy at which the resolution is told', unit: 'keV' }),
    output: outputColumn('Calibrated column', 'Name of the energy in keV; <column>_cal when absent'),
  })
  .refine(({ degree, guess }) => degree !== -1 || guess !== undefined, {
    path: ['guess'],
    message: 'an offset alone needs the gain: say how many keV a unit is',
  })
  .refine(({ source: named, lines }) => named !== undefined || lines.length > 0, {
    path: ['source'],
    message: 'choose a source, or give lines of your own',
  });
/** Options of calibrate with defaults filled in. */
export type CalibrateOptions = z.infer<typeof calibrateOptions>;

/** The lines that are looked for, ascending in energy. */
export function linesOf({ source: named, lines }: CalibrateOptions): GammaLine[] {
  const own = lines.map(({ name, ...rest }): GammaLine => ({ name: name ?? `${rest.energy} keV`, ...rest }));
  return [...(named === undefined ? [] : lineLists[named]!), ...own].sort((a, b) => a.energy - b.energy);
}
