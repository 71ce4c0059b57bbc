import { Injectable, Logger } from '@nestjs/common';
import type { DatabaseClient } from '../../platform/database/prisma.service.js';
import { JobQueue } from '../../platform/queues/job-queue.js';
import { queueId } from './job-state.js';
import { type JobRow, JobsRepository } from './store/jobs.repository.js';

/** Carries jobs from the table to the queue. Safe to repeat: the queue knows each attempt once. */
@Injectable()
export class JobDispatch {
  private readonly log = new Logger(JobDispatch.name);

  constructor(
    private readonly jobs: JobsRepository,
    private readonly queue: JobQueue,
  ) {}

  async enqueueAll(ids: readonly string[]): Promise<void> {
    for (const job of await this.jobs.findMany(ids)) await this.enqueue(job);
  }

  /** A failure is only noted: the job stays `queued` in the table, and is offered again later. */
  async enqueue(job: JobRow): Promise<void> {
    if (job.status !== 'queued') return;
    try {
      const payload = { jobId: job.id, attempt: job.attempt };
      await this.queue.enqueue('process-stage', payload, { id: queueId(job), priority: job.priority });
    } catch (error) {
      this.log.warn(`job ${job.id} could not be queued and will be offered again`, error);
    }
  }

  async withdraw(job: JobRow): Promise<void> {
    try {
      await this.queue.remove('process-stage', queueId(job));
    } catch (error) {
      this.log.warn(
        `job ${job.id} could not be taken out of the queue; it will find itself cancelled`,
        error,
      );
    }
  }

  /**
   * What follows from a job's end: jobs that waited for it alone become ready (their ids are given back, to be queued
   * after the transaction), or end too when it did not succeed.
   */
  async settleDependants(job: JobRow, client: DatabaseClient): Promise<string[]> {
    const ready: string[] = [];
    if (job.outputDatasetId !== null) await this.jobs.fillInputs(job.id, job.outputDatasetId, client);
    for (const dependant of await this.jobs.dependants(job.id, client)) {
      if (dependant.status !== 'waiting') continue;
      if (job.status !== 'completed') {
        const error = `Not started: ${job.stage}, which makes its input, was ${job.status === 'failed' ? 'not able to' : 'cancelled'}.`;
        const ended = await this.jobs.update(
          dependant.id,
          { status: 'cancelled', error, endedAt: new Date() },
          client,
        );
        await this.settleDependants(ended, client);
      } else if (await this.jobs.isUnblocked(dependant.id, client)) {
        const attempt = Math.max(1, dependant.attempt);
        await this.jobs.update(dependant.id, { status: 'queued', attempt }, client);
        ready.push(dependant.id);
      } else {
        await this.jobs.tell(dependant.id, client);
      }
    }
    await this.jobs.refreshProcessing(job.runId, client);
    return ready;
  }
}
