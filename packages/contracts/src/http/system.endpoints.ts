import { z } from 'zod';
import { moment } from './common.js';
import { defineEndpoint } from './endpoint.js';

/** The installation as a whole. */
export const systemInfo = z
  .strictObject({
    version: z.string(),
    startedAt: moment,
    node: z.string(),
    queueBackend: z.enum(['postgres', 'redis']),
    disk: z.strictObject({ path: z.string(), freeBytes: z.number(), totalBytes: z.number() }),
    workers: z.array(
      z.strictObject({ id: z.string(), host: z.string(), seenAt: moment, running: z.number().int() }),
    ),
    queues: z.array(
      z.strictObject({
        name: z.string(),
        waiting: z.number().int(),
        active: z.number().int(),
        failed: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'SystemInfo' });
export type SystemInfo = z.infer<typeof systemInfo>;

/** Facts about the installation. */
export const systemEndpoints = {
  info: defineEndpoint({
    id: 'system.info',
    method: 'GET',
    path: '/system',
    role: 'viewer',
    summary: 'Version, disk, workers, queues',
    response: systemInfo,
  }),
  live: defineEndpoint({
    id: 'health.live',
    method: 'GET',
    path: '/health/live',
    role: 'public',
    summary: 'The process answers',
    response: z.strictObject({ status: z.literal('ok') }),
  }),
  ready: defineEndpoint({
    id: 'health.ready',
    method: 'GET',
    path: '/health/ready',
    role: 'public',
    summary: 'Everything it needs answers',
    response: z.strictObject({
      status: z.enum(['ok', 'unavailable']),
      checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), message: z.string() })),
    }),
  }),
};
