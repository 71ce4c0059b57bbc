import { createLog } from '../logging/create-log.js';
import { JobWorker } from '../queues/job-worker.js';
import { queueConnection } from '../queues/queue-connection.js';

/** A worker process that takes a job, says so, and never finishes: to be killed. */
const [databaseUrl = '', redisUrl = ''] = process.argv.slice(2);
const worker = new JobWorker(
  {
    jobName: 'process-stage',
    process: async (_payload, { id }) => {
      process.send?.(id);
      await new Promise(() => undefined);
    },
    abandoned: () => Promise.resolve(),
  },
  queueConnection({ databaseUrl, redisUrl: redisUrl === '' ? undefined : redisUrl }),
  createLog('fixture', 'silent'),
  { concurrency: 1, lockMs: 1_000, stalledCheckMs: 300 },
);
await worker.ready();
process.send?.('ready');
