import { referencesIn } from '@countroom/parameters';
import { z } from 'zod';

const parameterName = z
  .string()
  .regex(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, 'the name behind db., such as trap.rise');

const value = z.union([z.string().min(1), z.number()]);

const parameter = z.strictObject({
  name: parameterName.meta({ title: 'Parameter', description: 'What stands behind db. in the chain' }),
  values: z.array(value).min(2).max(200).meta({
    title: 'Values',
    description: 'Texts such as 4*us, or numbers; for a search between them the lowest and the highest',
  }),
  step: z.number().positive().optional().meta({
    title: 'Rounded to',
    description: 'Multiples of it, in the unit of the values, such as a sample; for a search between values',
  }),
  together: z
    .array(
      z.strictObject({ name: parameterName.meta({ title: 'Parameter' }), values: z.array(value).min(2) }),
    )
    .max(8)
    .default([])
    .meta({ title: 'Changed in step', description: 'Further parameters with as many values, for a grid' }),
});

const figure = z.strictObject({
  kind: z.enum(['line', 'noise', 'spread', 'relative-spread']).meta({
    title: 'Figure of merit',
    description:
      'line: width of a γ line in keV; noise: of a Gaussian on a flat background; spread: between percentiles; relative-spread: over the median (A/E)',
  }),
  of: z.string().min(1).max(1000).meta({
    title: 'Of',
    description: 'An expression over what the chain makes, such as trapEmax or A_max/trapEmax',
  }),
  cut: z
    .string()
    .max(1000)
    .optional()
    .meta({ title: 'Cut', description: 'Rows that count, such as bl_std < 12' }),
  energy: z
    .number()
    .positive()
    .default(2614.511)
    .meta({ title: 'Line', description: 'Of a width of a line', unit: 'keV' }),
  reach: z.number().positive().default(25).meta({ title: 'Fitted on both sides', unit: 'keV' }),
  further: z.array(z.number().positive()).max(10).default([]).meta({
    title: 'Further lines',
    description: 'The width is then that of the curve √(a + bE) through all lines',
    unit: 'keV',
  }),
  at: z
    .number()
    .positive()
    .default(2039)
    .meta({ title: 'Width at', description: 'Energy on that curve', unit: 'keV' }),
  fraction: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.5)
    .meta({ title: 'Width at', description: 'Fraction of the height of a single line; 0.5: FWHM' }),
  drift: z.string().max(1000).optional().meta({
    title: 'Drift time',
    description: 'Charge that is trapped is corrected by it at every point, as E·(1 + α·drift time)',
  }),
  guess: z
    .number()
    .positive()
    .optional()
    .meta({ title: 'Guess', description: 'Roughly keV per unit, for a line', unit: 'keV' }),
});

/** Options of optimise_dsp. */
export const optimiseOptions = z
  .strictObject({
    config: z
      .record(z.string(), z.json())
      .meta({ title: 'Processing chain', description: 'outputs and processors of the chain' }),
    parameters: z
      .array(parameter)
      .min(1)
      .max(4)
      .meta({ title: 'Parameters', description: 'The first changes slowest' }),
    method: z.enum(['grid', 'simplex', 'bayesian']).default('grid').meta({
      title: 'Method',
      description:
        'grid: every combination; simplex: search between the values; bayesian: fewer points, each where it is worth most',
    }),
    between: z.boolean().default(false).meta({
      title: 'Between the values',
      description: 'Of a grid of one parameter: propose the lowest place of a curve through its points',
    }),
    degree: z.int().min(2).max(6).default(3).meta({
      title: 'Degree',
      description: 'Of the curve between the values of a grid',
    }),
    points: z.int().min(6).max(500).default(40).meta({
      title: 'Points',
      description: 'How many a Bayesian search tries',
    }),
    acquisition: z.enum(['ei', 'ucb', 'lcb']).default('ei').meta({
      title: 'Next point',
      description:
        'Of a Bayesian search: by expected improvement, or by the upper or lower bound of what is expected',
    }),
    seed: z.int().min(0).max(1_000_000).default(1).meta({
      title: 'Seed',
      description: 'Of a Bayesian search: equal seeds give equal searches',
    }),
    figure,
    tables: z
      .array(z.string().min(1))
      .default([])
      .meta({ title: 'Tables', description: 'Paths or patterns; empty: every table that the chain fits' }),
    database: z.record(z.string(), z.json()).default({}).meta({
      title: 'Other parameters',
      description: 'Values for db.… by channel or pattern; over the approved ones of the run',
    }),
    nMax: z
      .int()
      .positive()
      .max(200_000)
      .default(5000)
      .meta({ title: 'Most rows', description: 'How many waveforms of each table are used' }),
  })
  .superRefine(({ config, parameters }, context) => {
    const read = referencesIn(config);
    parameters.forEach(({ name, together }, i) => {
      const unread = [name, ...together.map((one) => one.name)].find(
        (one) =>
          !read.some((path) => path === one || path.startsWith(`${one}.`) || one.startsWith(`${path}.`)),
      );
      if (unread === undefined) return;
      const known = read.map((path) => `db.${path}`).join(', ') || 'no parameter';
      context.addIssue({
        code: 'custom',
        path: ['parameters', i, 'name'],
        message: `the chain does not read db.${unread}: it reads ${known}`,
      });
    });
  })
  .refine(({ figure: { kind, guess } }) => kind !== 'line' || guess !== undefined, {
    path: ['figure', 'guess'],
    message: 'a line is looked for near a guess: say roughly how many keV a unit is',
  })
  .refine(({ figure: { further, drift } }) => further.length === 0 || drift === undefined, {
    path: ['figure', 'drift'],
    message: 'trapped charge is corrected for a single line',
  })
  .refine(
    ({ parameters }) =>
      parameters.every(({ values, together }) =>
        together.every((one) => one.values.length === values.length),
      ),
    { path: ['parameters'], message: 'what changes in step needs as many values as the parameter' },
  )
  .refine(
    ({ method, between, parameters }) =>
      (method === 'grid' && !between) || parameters.every(({ together }) => together.length === 0),
    { path: ['parameters'], message: 'parameters change in step on a grid alone, not between its values' },
  )
  .refine(
    ({ method, parameters: [first, second], between }) =>
      !between ||
      (method === 'grid' &&
        second === undefined &&
        first!.values.length >= 4 &&
        scaleOf(first!.values) !== undefined),
    {
      path: ['between'],
      message: 'a curve needs a grid of one parameter with four numbers or more, all with the same unit',
    },
  )
  .refine(
    ({ method, parameters }) =>
      method === 'grid' || parameters.every(({ values }) => scaleOf(values) !== undefined),
    {
      path: ['parameters'],
      message: 'a search between values needs numbers, all with the same unit, such as 2*us and 8*us',
    },
  )
  .refine(
    ({ method, parameters }) =>
      method !== 'grid' || parameters.reduce((product, { values }) => product * values.length, 1) <= 2000,
    { path: ['parameters'], message: 'the grid has more than 2000 points' },
  );
/** Options of optimise_dsp with defaults filled in. */
export type OptimiseOptions = z.infer<typeof optimiseOptions>;

/** Numbers of texts such as `2*us` and the unit that they share; undefined for anything else. */
export function scaleOf(
  values: readonly (string | number)[],
): { readonly numbers: readonly number[]; readonly unit: string } | undefined {
  const parts = values.map((value) =>
    /^\s*([\d.]+(?:e[+-]?\d+)?)\s*(?:\*\s*([A-Za-z]\w*))?\s*$/i.exec(String(value)),
  );
  const [first] = parts;
  if (first === undefined || first === null) return undefined;
  const unit = first[2] ?? '';
  if (parts.some((part) => part === null || (part[2] ?? '') !== unit)) return undefined;
  return { numbers: parts.map((part) => Number(part![1])), unit };
}
