import { pulseFilterOptions } from '@countroom/pulses';
import { z } from 'zod';

const signature = z.array(z.enum(['+', '-', '0'])).min(1);

/** How pulses are looked for. */
export const pulseAlgorithm = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('pulse_filter'),
        ...pulseFilterOptions,
        triggerChannel: z
          .string()
          .optional()
          .meta({ title: 'Trigger channel', description: 'name of the channel; absent: none triggers' }),
      })
      .meta({ title: 'Pulse filter (picoCosmo)' }),
    z
      .strictObject({
        kind: z.literal('find_peaks'),
        analogue_offset: z.number().default(0).meta({ title: 'Analogue offset', unit: 'V' }),
        peak_minimal_prominence: z.number().positive().default(50).meta({ title: 'Prominence', unit: 'mV' }),
        peak_minimal_distance: z.number().min(1).default(10).meta({ title: 'Distance', unit: 'samples' }),
        peak_minimal_width: z.number().min(0).default(7).meta({ title: 'Width', unit: 'samples' }),
        trigger_channel: z.string().optional().meta({ title: 'Trigger channel' }),
        trigger_position_tolerance: z
          .number()
          .min(1)
          .default(7)
          .meta({ title: 'Tolerance', unit: 'samples' }),
      })
      .meta({ title: 'Peak finder (mimoCoRB)' }),
    z
      .strictObject({
        kind: z.literal('decay_time'),
        analogue_offset: z.number().default(0).meta({ title: 'Analogue offset', unit: 'V' }),
        peak_minimal_prominence_initial: z.number().positive().default(90).meta({ unit: 'mV' }),
        peak_minimal_prominence_secondary: z.number().positive().default(35).meta({ unit: 'mV' }),
        peak_minimal_distance: z.number().min(1).default(10).meta({ unit: 'samples' }),
        peak_minimal_width: z.number().min(0).default(7).meta({ unit: 'samples' }),
        trigger_position_tolerance: z.number().min(1).default(20).meta({ unit: 'samples' }),
        signatures: z.array(z.tuple([signature, signature])).min(1),
        scaling: z.array(z.number().positive()).optional(),
      })
      .meta({ title: 'Decay times (mimoCoRB)' }),
  ])
  .meta({ title: 'Algorithm' });
export type PulseAlgorithm = z.infer<typeof pulseAlgorithm>;

/** Options of find_pulses. */
export const findPulsesOptions = z.strictObject({
  tables: z.array(z.string().min(1)).default([]).meta({
    title: 'Tables',
    description: 'Paths or patterns, one table per channel; empty: every table with waveforms',
  }),
  channels: z.array(z.string().min(1)).default([]).meta({
    title: 'Names of the channels',
    description: 'in the order of the tables; empty: as the scope calls them, else A, B, C …',
  }),
  voltsPerCount: z.array(z.number()).default([]).meta({
    title: 'Volts per count',
    description: 'per table; the last one stands for those that follow; empty: as the run says, else 1',
  }),
  voltsOffset: z.array(z.number()).default([]).meta({
    title: 'Volts at count 0',
    description: 'per table; the last one stands for those that follow; empty: as the run says, else 0',
  }),
  algorithm: pulseAlgorithm,
  name: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'a name of letters, digits and _')
    .default('pulses')
    .meta({ title: 'Name of the result table' }),
});
/** Options of find_pulses. */
export type FindPulsesOptions = z.infer<typeof findPulsesOptions>;
