import { z } from 'zod';

/** Settings of equivalent-time sampling. */
export const etsConfig = z
  .strictObject({
    mode: z.enum(['off', 'fast', 'slow']).default('off').meta({
      title: 'Mode',
      description:
        'fast: a record may contain captures of the one before; slow: only new ones. It waits for its triggers without a time-out',
    }),
    interleave: z.number().default(10).meta({
      title: 'Interleave',
      description: 'captures put together: the step is this part of the shortest interval',
    }),
    cycles: z.number().default(40).meta({
      title: 'Captures to choose from',
      description: 'more make the steps more even, and take longer',
    }),
  })
  .prefault({})
  .meta({
    title: 'Equivalent-time sampling',
    description: 'finer steps for signals that repeat themselves exactly; blocks only',
    shownWhen: { family: ['2000', '2000a', '3000a', '4000'], mode: ['block'] },
  });

/** Settings of equivalent-time sampling with all defaults filled in. */
export type EtsConfig = z.output<typeof etsConfig>;
