import { z } from 'zod';

/** Payload of each queue job name; the row in the job table is the truth, the queue only carries its id. */
export const queueJobs = {
  'process-stage': z.strictObject({ jobId: z.uuid(), attempt: z.number().int().min(1) }),
} as const;

/** Name of a queue job. */
export type QueueJobName = keyof typeof queueJobs;
/** Payload of a queue job. */
export type QueueJobPayload<N extends QueueJobName> = z.infer<(typeof queueJobs)[N]>;

/** Channels of database notifications between processes; payloads are ids, never data. */
export const notificationChannels = [
  'intents',
  'detectors',
  'jobs',
  'job_cancel',
  'parameters',
  'alarms',
  'batons',
  'run_log',
  'sessions',
] as const;
/** Name of a notification channel. */
export type NotificationChannel = (typeof notificationChannels)[number];
