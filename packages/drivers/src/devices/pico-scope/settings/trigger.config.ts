import { z } from 'zod';

/** Directions of a threshold. */
export const triggerDirections = ['rising', 'falling', 'above', 'below', 'rising-or-falling'] as const;

const direction = z.enum(triggerDirections).default('rising').meta({ title: 'Direction' });

const level = z
  .strictObject({
    channel: z.string().max(20).meta({ title: 'Channel' }),
    thresholdV: z.number().meta({ title: 'Threshold', unit: 'V' }),
    hysteresisV: z.number().min(0).default(0).meta({ title: 'Hysteresis', unit: 'V' }),
    direction,
  })
  .meta({ title: 'Level' });

const pulse = z
  .strictObject({
    width: z.enum(['longer', 'shorter', 'inside', 'outside', 'drop-out']).default('longer').meta({
      title: 'Pulses that fire',
      description:
        'at the end of a pulse, by its width; drop-out: as soon as the signal has not come back for the whole time',
    }),
    fromS: z
      .number()
      .default(100e-9)
      .meta({ title: 'Width', unit: 's', description: 'the limit; the lower one of two' }),
    toS: z
      .number()
      .default(1e-6)
      .meta({ title: 'Upper width', unit: 's', description: 'of inside and outside' }),
    hysteresisV: z
      .number()
      .min(0)
      .optional()
      .meta({ title: 'Hysteresis', unit: 'V', description: 'without it: a 64th of the range' }),
  })
  .prefault({})
  .meta({ title: 'Pulse width', shownWhen: { kind: ['pulse-width'] } });

/** Settings of the trigger. */
export const triggerConfig = z
  .strictObject({
    kind: z.enum(['simple', 'logic', 'pulse-width', 'off']).default('simple').meta({
      title: 'Kind',
      description:
        'simple: one channel; logic: conditions over several; pulse-width: one channel, by the width of its pulses; off: free running',
    }),
    channel: z
      .string()
      .max(20)
      .default('A')
      .meta({ title: 'Channel', description: 'letter of a channel, external or aux' }),
    thresholdV: z.number().optional().meta({
      title: 'Threshold',
      unit: 'V',
      description: 'at the input; without it: half of the wished range of the first channel',
    }),
    direction,
    delaySamples: z.number().default(0).meta({ title: 'Delay after the trigger', unit: 'samples' }),
    timeoutMs: z.number().default(1000).meta({
      title: 'Capture without a trigger after',
      unit: 'ms',
      description: '0: wait for ever',
    }),
    pulse,
    levels: z
      .array(level)
      .max(10)
      .default([])
      .meta({ title: 'Levels of the logic trigger', shownWhen: { kind: ['logic'] } }),
    conditions: z
      .array(z.array(z.string().max(20)).min(1).max(10))
      .max(16)
      .default([])
      .meta({
        title: 'Conditions of the logic trigger',
        description: 'any of the lines fires; within a line all channels must',
        shownWhen: { kind: ['logic'] },
      }),
  })
  .prefault({})
  .meta({ title: 'Trigger' });

/** Settings of the trigger with all defaults filled in. */
export type TriggerConfig = z.output<typeof triggerConfig>;
/** A direction of a threshold. */
export type TriggerDirection = (typeof triggerDirections)[number];
