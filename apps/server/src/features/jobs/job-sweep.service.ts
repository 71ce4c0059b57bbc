import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { JobDispatch } from './job-dispatch.service.js';
import { JobsRepository } from './store/jobs.repository.js';

const everyMs = 10_000;
/** A queued job that is older is offered to the queue again, which does nothing when it has it. */
const offeredAgainAfterMs = 10_000;
/** A running job whose worker is silent for longer is lost, whatever the queue believes. */
const lostAfterMs = 60_000;

/** Finds jobs that fell between the table and the queue (a process died in between, or the queue was emptied). */
@Injectable()
export class JobSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(JobSweep.name);
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly jobs: JobsRepository,
    private readonly dispatch: JobDispatch,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweeping = this.sweeping.then(() => this.sweep());
    }, everyMs);
    this.sweeping = this.sweep();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  private async sweep(): Promise<void> {
    try {
      const now = Date.now();
      for (const job of await this.jobs.queuedSince(new Date(now - offeredAgainAfterMs)))
        await this.dispatch.enqueue(job);
      for (const id of await this.jobs.forgotten()) await this.wake(id);
      for (const job of await this.jobs.silentSince(new Date(now - lostAfterMs))) await this.reclaim(job.id);
    } catch (error) {
      this.log.warn('the sweep for forgotten jobs is tried again later', error);
    }
  }

  private async wake(id: string): Promise<void> {
    const job = await this.jobs.transaction(async (client) => {
      const row = await this.jobs.lock(id, client);
      if (row?.status !== 'waiting' || !(await this.jobs.isUnblocked(id, client))) return undefined;
      return this.jobs.update(id, { status: 'queued', attempt: Math.max(1, row.attempt) }, client);
    });
    if (job !== undefined) await this.dispatch.enqueue(job);
  }

  private async reclaim(id: string): Promise<void> {
    const job = await this.jobs.transaction(async (client) => {
      const row = await this.jobs.lock(id, client);
      const silent =
        row?.heartbeatAt !== null &&
        row !== undefined &&
        row.heartbeatAt.getTime() < Date.now() - lostAfterMs;
      if (row?.status !== 'running' || !silent) return undefined;
      const error = 'The worker was not heard of any more.';
      await client.jobAttempt.updateMany({
        where: { jobId: id, attempt: row.attempt },
        data: { outcome: 'lost', endedAt: new Date(), error },
      });
      return this.jobs.update(
        id,
        { status: 'queued', attempt: row.attempt + 1, fencingToken: row.fencingToken + 1n },
        client,
      );
    });
    if (job !== undefined) await this.dispatch.enqueue(job);
  }
}
