import { z } from 'zod';

/** Shapes of the signal generator. */
export const waveShapes = [
  'sine',
  'square',
  'triangle',
  'ramp-up',
  'ramp-down',
  'sinc',
  'gaussian',
  'half-sine',
  'dc',
  'white-noise',
  'arbitrary',
] as const;

/** Points that every generator with arbitrary waveforms takes. */
export const mostPoints = 8192;

/** Ways to go through the frequencies. */
export const sweepWays = ['up', 'down', 'up-down', 'down-up'] as const;

/** Settings of the signal generator. */
export const generatorConfig = z
  .strictObject({
    on: z.boolean().default(false).meta({ title: 'On' }),
    shape: z.enum(waveShapes).default('sine').meta({ title: 'Shape' }),
    points: z
      .array(z.number().min(-1).max(1))
      .max(mostPoints)
      .default([])
      .meta({
        title: 'Points of an arbitrary waveform',
        description: 'one period, each from -1 to 1: the share of half of the peak to peak voltage',
        shownWhen: { shape: ['arbitrary'] },
      }),
    frequencyHz: z.number().default(100_000).meta({ title: 'Frequency', unit: 'Hz' }),
    stopFrequencyHz: z.number().optional().meta({
      title: 'Last frequency of the sweep',
      unit: 'Hz',
      description: 'without it: no sweep',
    }),
    stepHz: z.number().default(10).meta({ title: 'Step of the sweep', unit: 'Hz' }),
    dwellS: z
      .number()
      .optional()
      .meta({ title: 'Time per step', unit: 's', description: 'without it: ten periods' }),
    sweep: z.enum(sweepWays).default('up-down').meta({ title: 'Direction of the sweep' }),
    peakToPeakV: z.number().default(0.4).meta({ title: 'Peak to peak', unit: 'V' }),
    offsetV: z.number().default(0).meta({ title: 'Offset', unit: 'V' }),
  })
  .prefault({})
  .meta({ title: 'Signal generator' });

/** Settings of the generator with all defaults filled in. */
export type GeneratorConfig = z.output<typeof generatorConfig>;
