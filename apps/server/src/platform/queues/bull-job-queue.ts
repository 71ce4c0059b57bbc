import { type QueueJobName, type QueueJobPayload, queueJobs } from '@countroom/contracts';
import { type IQueueBackend, Queue } from 'bullmq';
import type { Log } from '../logging/create-log.js';
import { type EnqueueOptions, JobQueue, type QueueCounts } from './job-queue.js';
import type { QueueConnection } from './queue-connection.js';

type AnyQueue = Queue<unknown, void, string, unknown, void, string, IQueueBackend, object>;

const names = Object.keys(queueJobs) as QueueJobName[];
const day = 24 * 3600;

/** Producer side: one BullMQ queue per job name. */
export class BullJobQueue extends JobQueue {
  private readonly queues: ReadonlyMap<QueueJobName, AnyQueue>;

  constructor(connection: QueueConnection, log: Log) {
    super();
    this.queues = new Map(
      names.map((name) => {
        const queue: AnyQueue = new Queue(name, { connection: connection.connection }, connection.backend);
        queue.on('error', (error) => log.warn({ queue: name, err: error }, 'queue connection'));
        return [name, queue];
      }),
    );
  }

  override async enqueue<N extends QueueJobName>(
    name: N,
    payload: QueueJobPayload<N>,
    { id, priority = 50 }: EnqueueOptions,
  ): Promise<void> {
    await this.queue(name).add(name, queueJobs[name].parse(payload), {
      jobId: id,
      // BullMQ takes the smallest first and 0 as "before all".
      priority: 1 + 100 - Math.min(100, Math.max(0, Math.round(priority))),
      attempts: 1,
      removeOnComplete: { count: 1000, age: day },
      removeOnFail: { count: 1000, age: 7 * day },
    });
  }

  override async remove(name: QueueJobName, id: string): Promise<boolean> {
    const queue = this.queue(name);
    const job = await queue.getJob(id);
    if (job === undefined || (await job.isActive())) return false;
    const waiting =
      (await job.isWaiting()) || (await job.isDelayed()) || (await job.getState()) === 'prioritized';
    // It may have been given out in between: then it is locked, and removing it is refused with 0.
    return waiting && (await queue.remove(id)) === 1;
  }

  override async counts(): Promise<readonly QueueCounts[]> {
    return Promise.all(
      names.map(async (name) => {
        const counts = await this.queue(name).getJobCounts(
          'wait',
          'prioritized',
          'delayed',
          'active',
          'failed',
        );
        const of = (state: string): number => counts[state] ?? 0;
        return {
          name,
          waiting: of('wait') + of('waiting') + of('prioritized') + of('delayed'),
          active: of('active'),
          failed: of('failed'),
        };
      }),
    );
  }

  override async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }

  private queue(name: QueueJobName): AnyQueue {
    const queue = this.queues.get(name);
    if (queue === undefined) throw new Error(`No queue is named "${name}"; there are ${names.join(', ')}.`);
    return queue;
  }
}
