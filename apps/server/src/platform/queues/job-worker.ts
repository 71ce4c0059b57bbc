import { queueJobs } from '@countroom/contracts';
import { type IQueueBackend, type Job, UnrecoverableError, Worker } from 'bullmq';
import type { Log } from '../logging/create-log.js';
import type { JobProcessor } from './job-queue.js';
import type { QueueConnection } from './queue-connection.js';

export interface JobWorkerOptions {
  readonly concurrency: number;
  /** A job is given to another worker this long after its own has died. */
  readonly lockMs?: number;
  readonly stalledCheckMs?: number;
  /** Workers that may die over a job before it is abandoned. */
  readonly maxDeliveries?: number;
}

type AnyWorker = Worker<unknown, void, string, IQueueBackend, never, object>;
type AnyJob = Job<unknown, void>;

/** Consumer side for one job name. */
export class JobWorker {
  private readonly worker: AnyWorker;
  private readonly running = new Map<string, AbortController>();

  constructor(
    private readonly processor: JobProcessor,
    connection: QueueConnection,
    private readonly log: Log,
    options: JobWorkerOptions,
  ) {
    this.worker = new Worker(
      processor.jobName,
      (job) => this.run(job),
      {
        connection: connection.connection,
        concurrency: options.concurrency,
        lockDuration: options.lockMs ?? 5_000,
        stalledInterval: options.stalledCheckMs ?? 2_000,
        maxStalledCount: (options.maxDeliveries ?? 100) - 1,
        runRetryDelay: 1_000,
      },
      connection.backend,
    );
    this.worker.on('error', (error) => log.warn({ queue: processor.jobName, err: error }, 'queue worker'));
    this.worker.on('stalled', (id) =>
      log.warn({ job: id }, 'a worker died over this job; it is given out again'),
    );
    this.worker.on('lockRenewalFailed', (ids) => {
      for (const id of ids) this.abort(id, 'the worker lost the job: it did not renew its lock in time');
    });
    this.worker.on('failed', (job, error) => {
      if (job?.id !== undefined && !this.running.has(job.id)) this.settleFailure(job.id, error);
    });
  }

  async ready(): Promise<void> {
    await this.worker.waitUntilReady();
  }

  /** Number of jobs in this process. */
  get size(): number {
    return this.running.size;
  }

  /** Takes no new jobs, tells the running ones to stop, and leaves after the deadline what does not. */
  async close(deadlineMs: number): Promise<void> {
    const closing = this.worker.close();
    for (const id of this.running.keys()) this.abort(id, 'the worker is stopping');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), deadlineMs);
    });
    if ((await Promise.race([closing, late])) === 'late') await this.worker.close(true);
    clearTimeout(timer);
  }

  private async run(job: AnyJob): Promise<void> {
    const id = job.id ?? '';
    const payload = queueJobs[this.processor.jobName].safeParse(job.data);
    if (!payload.success) throw new MeaninglessPayload(payload.error.message);
    const controller = new AbortController();
    this.running.set(id, controller);
    try {
      await this.processor.process(payload.data, {
        id,
        delivery: job.attemptsStarted,
        signal: controller.signal,
      });
    } finally {
      this.running.delete(id);
    }
  }

  private abort(id: string, reason: string): void {
    this.running.get(id)?.abort(new Error(reason));
  }

  /** An error of the processor itself is its own to report; these two come from the queue. */
  private settleFailure(id: string, error: Error): void {
    const stalled = /stalled more than/.test(error.message);
    if (!stalled && !(error instanceof MeaninglessPayload)) {
      this.log.error({ job: id, err: error }, 'job failed');
      return;
    }
    const reason = stalled
      ? 'Every worker that took it died over it.'
      : `Its payload makes no sense: ${error.message}`;
    this.processor
      .abandoned(id, reason)
      .catch((cause: unknown) =>
        this.log.error({ job: id, err: cause }, 'an abandoned job could not be recorded'),
      );
  }
}

class MeaninglessPayload extends UnrecoverableError {}
