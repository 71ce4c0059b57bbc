import { z } from 'zod';

const shape = z.strictObject({
  taur: z.number().min(0).default(20e-9).meta({ title: 'Rise', unit: 's' }),
  tauon: z.number().min(0).default(12e-9).meta({ title: 'Flat top', unit: 's' }),
  tauf: z.number().min(0).default(128e-9).meta({ title: 'Fall', unit: 's' }),
  pheight: z.number().default(-0.03).meta({ title: 'Height; its sign is the polarity', unit: 'V' }),
  mode: z.literal([0, 1]).default(0).meta({ title: 'Lobes', description: '0: one; 1: two' }),
  tauf2: z.number().min(0).default(0).meta({ title: 'Fall into the second lobe', unit: 's' }),
  tauoff: z.number().min(0).default(0).meta({ title: 'Flat part of the second lobe', unit: 's' }),
  taur2: z.number().min(0).default(0).meta({ title: 'End of the second lobe', unit: 's' }),
  delay: z.number().default(0).meta({ title: 'Delay against the trigger channel', unit: 'µs' }),
  OffsetSubtraction: z
    .boolean()
    .optional()
    .meta({ title: 'Compare without the mean', description: 'absent: for one lobe yes, for two no' }),
});

/** Options of the pulse filter by picoCosmo's names, as fields of a schema. */
export const pulseFilterOptions = {
  pulseShape: z.array(shape).min(1).meta({
    title: 'Pulse shapes',
    description: 'one per channel; the last one stands for those that follow',
  }),
  trgPulseShape: z.array(shape).max(1).optional().meta({ title: 'Shape of the pulse that triggers' }),
  NminCoincidence: z
    .int()
    .min(1)
    .optional()
    .meta({ title: 'Least number of channels', description: 'absent: 2, with one channel 1' }),
  acceptPattern: z
    .array(z.array(z.literal([0, 1])))
    .min(1)
    .optional()
    .meta({
      title: 'Accepted patterns',
      description: 'which channels must (1) and must not (0) have a pulse',
    }),
  doublePulse: z.boolean().default(true).meta({ title: 'Look for later pulses' }),
  timingPrecision: z.int().min(0).default(2).meta({ title: 'Tolerance', unit: 'samples' }),
  compatible: z.boolean().default(false).meta({
    title: 'With the faults of picoCosmo',
    description:
      'later pulses are looked for with the last shape on every channel, and its offset subtraction alone counts',
  }),
};
