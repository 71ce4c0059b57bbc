import { z } from 'zod';
import { jsonObject, jsonSchemaDocument, slug } from './common.js';

/** How a consumer is treated when it is behind. */
export const consumerPolicy = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('obligatory') }).meta({ title: 'Obligatory: the device waits for it' }),
    z.strictObject({ kind: z.literal('lossy') }).meta({ title: 'In order, oldest dropped' }),
    z.strictObject({ kind: z.literal('latest') }).meta({ title: 'Newest only' }),
    z.strictObject({ kind: z.literal('random') }).meta({ title: 'The next after it asked' }),
    z
      .strictObject({ kind: z.literal('sampled'), every: z.number().int().min(1) })
      .meta({ title: 'Every n-th' }),
    z
      .strictObject({ kind: z.literal('paced'), perSecond: z.number().int().min(1).max(1000) })
      .meta({ title: 'At most so many per second' }),
  ])
  .meta({ id: 'ConsumerPolicy', title: 'When it is behind' });

/** A consumer of a source's events during a run, in a thread of its own. */
export const consumerConfiguration = z
  .strictObject({
    name: slug,
    input: slug.meta({ title: 'Input', description: 'A source, or a consumer that keeps events' }),
    kind: z.string().min(1).max(64).meta({
      title: 'Kind',
      description: 'pulse-filter, peak-finder, decay-time, data-logger, coincidences, or module',
    }),
    module: z
      .string()
      .min(1)
      .max(255)
      .optional()
      .meta({ title: 'Module', description: "JavaScript file below the server's folder of consumers" }),
    config: jsonObject.default({}),
    policy: consumerPolicy.prefault({ kind: 'obligatory' }),
    channels: z
      .array(z.number().int().min(0))
      .max(64)
      .default([])
      .meta({ title: 'Channels', description: 'empty: all with waveforms' }),
    events: z.enum(['joined', 'single']).default('joined').meta({
      title: 'Events',
      description: 'joined: all channels of one event number; single: each record',
    }),
    threads: z.number().int().min(1).max(8).default(1).meta({ title: 'Threads that share the work' }),
    deadlineSeconds: z
      .number()
      .min(0.5)
      .max(3600)
      .default(10)
      .meta({ title: 'Dropped after', unit: 's', description: 'without a sign of life while data waits' }),
    restarts: z.number().int().min(0).max(100).default(3).meta({ title: 'Restarts in one run' }),
    memoryMb: z.number().int().min(32).max(16_384).default(256).meta({ title: 'Memory', unit: 'MB' }),
    keep: z.boolean().default(false).meta({
      title: 'Keep',
      description: 'raw records of events that it keeps go to a file and to consumers behind it',
    }),
    onFailure: z
      .enum(['continue', 'stop-run'])
      .default('continue')
      .meta({ title: 'When it fails for good, or loses what it may not' }),
  })
  .meta({ id: 'ConsumerConfiguration' });
export type ConsumerConfiguration = z.infer<typeof consumerConfiguration>;

/** A kind of consumer that comes with the product, for forms. */
export const consumerInfo = z
  .strictObject({
    kind: z.string(),
    title: z.string(),
    description: z.string(),
    /** JSON Schema of its `config`. */
    configSchema: jsonSchemaDocument,
  })
  .meta({ id: 'ConsumerInfo' });
export type ConsumerInfo = z.infer<typeof consumerInfo>;
