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

/** Settings of the trigger. */
export const triggerConfig = z
  .strictObject({
    kind: z.enum(['simple', 'logic', 'off']).default('simple').meta({
      title: 'Kind',
      description: 'simple: one channel; logic: conditions over several; off: free running',
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
    levels: z.array(level).max(10).default([]).meta({ title: 'Levels of the logic trigger' }),
    conditions: z
      .array(z.array(z.string().max(20)).min(1).max(10))
      .max(16)
      .default([])
      .meta({
        title: 'Conditions of the logic trigger',
        description: 'any of the lines fires; within a line all channels must',
      }),
  })
  .prefault({})
  .meta({ title: 'Trigger' });

/** Settings of the trigger with all defaults filled in. */
export type TriggerConfig = z.output<typeof triggerConfig>;
/** A direction of a threshold. */
export type TriggerDirection = (typeof triggerDirections)[number];
