import type { JobLogLine } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { type DatabaseClient, PrismaService } from '../../../platform/database/prisma.service.js';
import { type JobRow, JobsRepository } from '../store/jobs.repository.js';

/** A job that this worker works on. Whoever claims later gets a larger token, and the smaller one no longer counts. */
export interface ClaimedJob {
  readonly job: JobRow;
  readonly token: bigint;
  /** Number of the next log line. */
  readonly nextLine: number;
  /** Name of a worker that had the job before, in the same attempt. */
  readonly lostBy: string | undefined;
}

export type NewLine = Pick<JobLogLine, 'sequence' | 'attempt' | 'level' | 'text'> & { readonly at: Date };

@Injectable()
export class ClaimRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly jobs: JobsRepository,
  ) {}

  /** Undefined when there is nothing to do: the job has ended, or this delivery is of an earlier attempt. */
  claim(id: string, attempt: number, worker: string): Promise<ClaimedJob | undefined> {
    return this.jobs.transaction(async (client) => {
      const row = await this.jobs.lock(id, client);
      if (row === undefined || row.attempt !== attempt) return undefined;
      if (row.status !== 'queued' && row.status !== 'running') return undefined;
      const before = await client.jobAttempt.findUnique({ where: { jobId_attempt: { jobId: id, attempt } } });
      const token = row.fencingToken + 1n;
      const now = new Date();
      const job = await this.jobs.update(
        id,
        {
          status: 'running',
          fencingToken: token,
          startedAt: row.startedAt ?? now,
          heartbeatAt: now,
          progress: null,
          progressText: '',
        },
        client,
      );
      await client.jobAttempt.upsert({
        where: { jobId_attempt: { jobId: id, attempt } },
        create: { jobId: id, attempt, worker },
        update: { worker, outcome: 'running', endedAt: null, error: null },
      });
      await this.jobs.refreshProcessing(row.runId, client);
      const last = await client.jobLogLine.aggregate({ where: { jobId: id }, _max: { sequence: true } });
      return { job, token, nextLine: (last._max.sequence ?? 0) + 1, lostBy: before?.worker };
    });
  }

  /**
   * Says that the worker lives, and how far it is. `lost` when another worker has the job or it has ended: then this one
   * must stop.
   */
  async heartbeat(
    id: string,
    token: bigint,
    progress: { share: number | null; text: string },
  ): Promise<'go-on' | 'cancel' | 'lost'> {
    const rows = await this.prisma.$queryRaw<{ cancel_requested: boolean }[]>`
      UPDATE job SET heartbeat_at = now(), progress = ${progress.share}, progress_text = ${progress.text}
      WHERE id = ${id}::uuid AND fencing_token = ${token} AND status = 'running'
      RETURNING cancel_requested`;
    const [row] = rows;
    if (row === undefined) return 'lost';
    await this.jobs.tell(id, this.prisma);
    return row.cancel_requested ? 'cancel' : 'go-on';
  }

  /** Lines of an attempt that no longer counts are left out. */
  async addLines(id: string, token: bigint, lines: readonly NewLine[]): Promise<void> {
    await this.jobs.transaction(async (client) => {
      if (!(await this.holds(id, token, client))) return;
      await client.jobLogLine.createMany({
        data: lines.map((line) => ({ jobId: id, ...line })),
        skipDuplicates: true,
      });
      await this.jobs.tell(id, client);
    });
  }

  /** Whether this token is the job's newest; locks the row. */
  async holds(id: string, token: bigint, client: DatabaseClient): Promise<boolean> {
    const row = await this.jobs.lock(id, client);
    return row?.status === 'running' && row.fencingToken === token;
  }
}
