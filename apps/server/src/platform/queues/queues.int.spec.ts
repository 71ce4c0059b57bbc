import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { QueueJobPayload } from '@countroom/contracts';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../logging/create-log.js';
import { hasRedis, startTestRedis, type TestRedis } from '../testing/redis-server.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { waitFor } from '../testing/wait-for.js';
import { BullJobQueue } from './bull-job-queue.js';
import type { JobContext } from './job-queue.js';
import { JobWorker, type JobWorkerOptions } from './job-worker.js';
import { type QueueConnection, queueConnection } from './queue-connection.js';

type Payload = QueueJobPayload<'process-stage'>;
const log = createLog('test', 'silent');
const payload = (attempt = 1): Payload => ({ jobId: randomUUID(), attempt });
const idOf = (job: Payload): string => `${job.jobId}.${job.attempt}`;

if (!hasRedis)
  process.stderr.write('No redis-server on this machine: the queue suite runs over PostgreSQL only.\n');

describe.each(['postgres', 'redis'] as const)('queue over %s', (kind) => {
  const suite = kind === 'redis' && !hasRedis ? describe.skip : describe;
  suite('', () => {
    let database: TestDatabase;
    let redis: TestRedis | undefined;
    let connection: QueueConnection;
    let queue: BullJobQueue;
    const workers: JobWorker[] = [];

    beforeAll(async () => {
      database = await createTestDatabase();
      if (kind === 'redis') redis = await startTestRedis();
      connection = queueConnection({ databaseUrl: database.url, redisUrl: redis?.url });
      queue = new BullJobQueue(connection, log);
    });
    afterEach(async () => {
      await Promise.all(workers.splice(0).map((worker) => worker.close(100)));
    });
    afterAll(async () => {
      await queue.close();
      await redis?.stop();
      await database.drop();
    });

    interface Taken {
      payload: Payload;
      context: JobContext;
    }

    async function startWorker(
      work: (taken: Taken) => Promise<void> = () => Promise.resolve(),
      options: Partial<JobWorkerOptions> = {},
    ): Promise<{ taken: Taken[]; abandoned: string[] }> {
      const seen = { taken: [] as Taken[], abandoned: [] as string[] };
      const worker = new JobWorker(
        {
          jobName: 'process-stage',
          process: async (job, context) => {
            const taken = { payload: job, context };
            seen.taken.push(taken);
            await work(taken);
          },
          abandoned: (id, reason) => {
            seen.abandoned.push(`${id}: ${reason}`);
            return Promise.resolve();
          },
        },
        connection,
        log,
        { concurrency: 1, lockMs: 1_000, stalledCheckMs: 300, ...options },
      );
      workers.push(worker);
      await worker.ready();
      return seen;
    }

    const idle = () =>
      waitFor('an empty queue', async () => {
        const [counts] = await queue.counts();
        return counts?.waiting === 0 && counts.active === 0;
      });

    it('hands the payload and id to the processor', async () => {
      const job = payload();
      const { taken } = await startWorker();
      await queue.enqueue('process-stage', job, { id: idOf(job) });
      await idle();
      expect(taken).toHaveLength(1);
      expect(taken[0]).toMatchObject({ payload: job, context: { id: idOf(job), delivery: 1 } });
    });

    it('takes higher priorities first, equal ones in order', async () => {
      const jobs = [50, 90, 10, 90, 0, 100].map((priority) => ({ job: payload(), priority }));
      for (const { job, priority } of jobs)
        await queue.enqueue('process-stage', job, { id: idOf(job), priority });
      expect((await queue.counts())[0]).toMatchObject({ name: 'process-stage', waiting: 6, active: 0 });
      const { taken } = await startWorker();
      await idle();
      const priorities = taken.map((t) => jobs.find(({ job }) => job.jobId === t.payload.jobId)!);
      expect(priorities).toEqual([jobs[5], jobs[1], jobs[3], jobs[0], jobs[2], jobs[4]]);
    });

    it('adds an id once', async () => {
      const job = payload();
      await queue.enqueue('process-stage', job, { id: idOf(job) });
      await queue.enqueue('process-stage', job, { id: idOf(job) });
      const { taken } = await startWorker();
      await idle();
      expect(taken).toHaveLength(1);
    });

    it('refuses a payload that is not the declared one', async () => {
      await expect(
        queue.enqueue('process-stage', { jobId: 'no uuid', attempt: 1 }, { id: 'x' }),
      ).rejects.toThrow();
    });

    it('removes a waiting job, and says so when it runs or is unknown', async () => {
      const [waiting, active] = [payload(), payload()];
      let finish = (): void => undefined;
      const { taken } = await startWorker(() => new Promise((resolve) => (finish = resolve)));
      await queue.enqueue('process-stage', active, { id: idOf(active) });
      await waitFor('the first job', () => taken.length === 1);
      await queue.enqueue('process-stage', waiting, { id: idOf(waiting) });
      expect(await queue.remove('process-stage', idOf(waiting))).toBe(true);
      expect(await queue.remove('process-stage', idOf(waiting))).toBe(false);
      expect(await queue.remove('process-stage', idOf(active))).toBe(false);
      finish();
      await idle();
      expect(taken).toHaveLength(1);
    });

    it('counts a job whose processor throws as failed, and does not try it again', async () => {
      const before = (await queue.counts())[0]!.failed;
      const job = payload();
      const { taken, abandoned } = await startWorker(() => Promise.reject(new Error('disk full')));
      await queue.enqueue('process-stage', job, { id: idOf(job) });
      await waitFor('the failure', async () => (await queue.counts())[0]!.failed === before + 1);
      expect(taken).toHaveLength(1);
      expect(abandoned).toEqual([]);
    });

    it('gives a job whose worker was killed to another one', async () => {
      const job = payload();
      const entry = new URL('../../../dist/platform/testing/queue-worker.fixture.js', import.meta.url);
      const victim = fork(entry, [database.url, redis?.url ?? ''], { stdio: 'inherit' });
      const messages: unknown[] = [];
      victim.on('message', (message) => messages.push(message));
      await waitFor('the worker process', () => messages.includes('ready'));
      await queue.enqueue('process-stage', job, { id: idOf(job) });
      await waitFor('the job to be taken', () => messages.includes(idOf(job)));
      victim.kill('SIGKILL');
      const { taken } = await startWorker();
      await waitFor('the job to be given out again', () => taken.length === 1);
      expect(taken[0]).toMatchObject({ payload: job, context: { delivery: 2 } });
      await idle();
    });

    it('abandons a job over which too many workers died, and tells the processor', async () => {
      const job = payload();
      const entry = new URL('../../../dist/platform/testing/queue-worker.fixture.js', import.meta.url);
      const victim = fork(entry, [database.url, redis?.url ?? ''], { stdio: 'inherit' });
      const messages: unknown[] = [];
      victim.on('message', (message) => messages.push(message));
      await queue.enqueue('process-stage', job, { id: idOf(job) });
      await waitFor('the job to be taken', () => messages.includes(idOf(job)));
      victim.kill('SIGKILL');
      const { taken, abandoned } = await startWorker(undefined, { maxDeliveries: 1 });
      await waitFor('the job to be abandoned', () => abandoned.length === 1);
      expect(abandoned[0]).toContain(`${idOf(job)}: Every worker that took it died`);
      expect(taken).toEqual([]);
    });

    it('tells running jobs when the worker stops', async () => {
      const job = payload();
      const { taken } = await startWorker(
        ({ context }) =>
          new Promise((_, reject) =>
            context.signal.addEventListener('abort', () => reject(context.signal.reason as Error)),
          ),
      );
      await queue.enqueue('process-stage', job, { id: idOf(job) });
      await waitFor('the job', () => taken.length === 1);
      await workers.pop()!.close(10_000);
      expect(taken[0]!.context.signal.reason).toMatchObject({ message: 'the worker is stopping' });
    });

    it('goes on after every connection was cut', async () => {
      const job = payload();
      const { taken } = await startWorker();
      await cutConnections();
      await waitFor('a successful add', () =>
        queue.enqueue('process-stage', job, { id: idOf(job) }).then(
          () => true,
          () => false,
        ),
      );
      await waitFor('the job', () => taken.length === 1, 40_000);
      await idle();
    });

    async function cutConnections(): Promise<void> {
      if (redis !== undefined) {
        const client = new Redis(redis.url);
        await client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
        client.disconnect();
        return;
      }
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      await client.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
      await client.end();
    }
  });
});
