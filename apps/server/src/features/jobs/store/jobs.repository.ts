import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../../generated/prisma/client.js';
import { NotificationsService } from '../../../platform/database/notifications.service.js';
import { type DatabaseClient, PrismaService } from '../../../platform/database/prisma.service.js';
import { activeStatuses } from '../job-state.js';

/** What a job is always read with. */
export const jobInclude = {
  dependsOn: {
    select: { dependsOnId: true, awaitsApproval: true, dependsOn: { select: { status: true } } },
  },
  inputs: {
    select: { port: true, datasetId: true, madeById: true },
    orderBy: [{ port: 'asc' }, { position: 'asc' }],
  },
  run: { select: { number: true } },
  detector: { select: { name: true } },
  configurationVersion: { select: { version: true, configuration: { select: { id: true, name: true } } } },
} satisfies Prisma.JobInclude;

export type JobRow = Prisma.JobGetPayload<{ include: typeof jobInclude }>;
export type AttemptRow = Prisma.JobAttemptGetPayload<object>;
export type LogLineRow = Prisma.JobLogLineGetPayload<object>;

export interface JobFilter {
  readonly status?: readonly string[] | undefined;
  readonly stage?: string | undefined;
  readonly detector?: string | undefined;
  readonly run?: number | undefined;
  readonly pipelineId?: string | undefined;
  readonly below?: bigint | undefined;
  readonly take: number;
}

@Injectable()
export class JobsRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly notifications: NotificationsService,
  ) {}

  transaction<T>(work: (client: DatabaseClient) => Promise<T>): Promise<T> {
    return this.prisma.$transaction(work, { timeout: 30_000, maxWait: 15_000 });
  }

  find(id: string): Promise<JobRow | null> {
    return this.prisma.job.findUnique({ where: { id }, include: jobInclude });
  }

  findMany(ids: readonly string[]): Promise<JobRow[]> {
    return this.prisma.job.findMany({
      where: { id: { in: [...ids] } },
      include: jobInclude,
      orderBy: { ordinal: 'asc' },
    });
  }

  list({ status, stage, detector, run, pipelineId, below, take }: JobFilter): Promise<JobRow[]> {
    return this.prisma.job.findMany({
      where: {
        ...(status === undefined ? {} : { status: { in: [...status] } }),
        ...(stage === undefined ? {} : { stage }),
        ...(detector === undefined ? {} : { detector: { name: detector } }),
        ...(run === undefined ? {} : { run: { number: run } }),
        ...(pipelineId === undefined ? {} : { pipelineId }),
        ...(below === undefined ? {} : { ordinal: { lt: below } }),
      },
      orderBy: { ordinal: 'desc' },
      take,
      include: jobInclude,
    });
  }

  /** Jobs of runs that are being done or wait to be. */
  activeOf(
    runIds: readonly string[],
    client: DatabaseClient = this.prisma,
  ): Promise<{ id: string; runId: string; stage: string; lineageHash: string }[]> {
    return client.job.findMany({
      where: { runId: { in: [...runIds] }, status: { in: [...activeStatuses] } },
      select: { id: true, runId: true, stage: true, lineageHash: true },
    });
  }

  attempts(jobId: string): Promise<AttemptRow[]> {
    return this.prisma.jobAttempt.findMany({ where: { jobId }, orderBy: { attempt: 'asc' } });
  }

  logAfter(jobId: string, after: number, take: number): Promise<LogLineRow[]> {
    return this.prisma.jobLogLine.findMany({
      where: { jobId, sequence: { gt: after } },
      orderBy: { sequence: 'asc' },
      take,
    });
  }

  /** Holds the row until the transaction ends; undefined when there is none. */
  async lock(id: string, client: DatabaseClient): Promise<JobRow | undefined> {
    await client.$queryRaw`SELECT id FROM job WHERE id = ${id}::uuid FOR UPDATE`;
    return (await client.job.findUnique({ where: { id }, include: jobInclude })) ?? undefined;
  }

  /**
   * A job and what it depends on, directly or not, that has ended without a result; what comes first in the chain comes
   * first here. Held until the transaction ends.
   */
  async lockWithEnded(id: string, client: DatabaseClient): Promise<readonly string[]> {
    for (let held: readonly string[] = []; ; ) {
      const rows = await client.$queryRaw<{ id: string }[]>`
        WITH RECURSIVE needed(id) AS (
          SELECT ${id}::uuid
          UNION
          SELECT d.depends_on_id FROM needed
            JOIN job_dependency d ON d.job_id = needed.id
            JOIN job input ON input.id = d.depends_on_id AND input.status IN ('failed', 'cancelled'))
        SELECT job.id FROM job JOIN needed ON needed.id = job.id ORDER BY job.ordinal FOR UPDATE OF job`;
      const found = rows.map((row) => row.id);
      // Another may have ended while this waited for the rows.
      if (found.every((one) => held.includes(one))) return found;
      held = found;
    }
  }

  async update(id: string, data: Prisma.JobUncheckedUpdateInput, client: DatabaseClient): Promise<JobRow> {
    const row = await client.job.update({ where: { id }, data, include: jobInclude });
    await this.tell(id, client);
    return row;
  }

  /** Told to everybody when the transaction commits. */
  tell(id: string, client: DatabaseClient): Promise<void> {
    return this.notifications.notify('jobs', id, client);
  }

  tellCancel(id: string, client: DatabaseClient): Promise<void> {
    return this.notifications.notify('job_cancel', id, client);
  }

  /**
   * Jobs that depend on this one, directly; held until the transaction ends, since two inputs of one job may be done at
   * the same time.
   */
  async dependants(id: string, client: DatabaseClient): Promise<JobRow[]> {
    const where = { dependsOn: { some: { dependsOnId: id } } };
    const found = await client.job.findMany({ where, select: { id: true }, orderBy: { ordinal: 'asc' } });
    if (found.length === 0) return [];
    await client.$queryRaw`
      SELECT id FROM job WHERE id = ANY(${found.map((row) => row.id)}::uuid[]) ORDER BY ordinal FOR UPDATE`;
    return client.job.findMany({ where, include: jobInclude, orderBy: { ordinal: 'asc' } });
  }

  /** What a job made is what others were to read. */
  async fillInputs(madeById: string, datasetId: string, client: DatabaseClient): Promise<void> {
    await client.jobInput.updateMany({ where: { madeById }, data: { datasetId } });
  }

  /** Whether something that a job depends on has ended without a result. */
  async isHopeless(id: string, client: DatabaseClient): Promise<boolean> {
    const ended = { status: { in: ['failed', 'cancelled'] } };
    return (await client.jobDependency.count({ where: { jobId: id, dependsOn: ended } })) > 0;
  }

  /** Whether everything that a job depends on is done, and approved where it has to be. */
  async isUnblocked(id: string, client: DatabaseClient): Promise<boolean> {
    const open = await client.jobDependency.count({
      where: { jobId: id, OR: [{ awaitsApproval: true }, { dependsOn: { status: { not: 'completed' } } }] },
    });
    return open === 0;
  }

  /** Queued jobs that nobody has taken for a while: their entry in the queue may be lost. */
  queuedSince(before: Date): Promise<JobRow[]> {
    return this.prisma.job.findMany({
      where: { status: 'queued', createdAt: { lt: before } },
      include: jobInclude,
      orderBy: { ordinal: 'asc' },
      take: 1000,
    });
  }

  /** Waiting jobs that nothing stands in the way of: what was to wake them up has died. */
  async forgotten(): Promise<string[]> {
    const rows = await this.prisma.$queryRaw<{ id: string }[]>`
      SELECT id FROM job WHERE status = 'waiting' AND NOT EXISTS (
        SELECT 1 FROM job_dependency d JOIN job n ON n.id = d.depends_on_id
        WHERE d.job_id = job.id AND (d.awaits_approval OR n.status <> 'completed'))
      LIMIT 1000`;
    return rows.map(({ id }) => id);
  }

  /** Running jobs whose worker has not been heard of. */
  silentSince(before: Date): Promise<JobRow[]> {
    return this.prisma.job.findMany({
      where: { status: 'running', heartbeatAt: { lt: before } },
      include: jobInclude,
      take: 1000,
    });
  }

  /** How far a run's processing is, from its jobs; the latest job of each stage counts. */
  async refreshProcessing(runId: string, client: DatabaseClient): Promise<void> {
    await client.$executeRaw`
      UPDATE run SET processing = (
        WITH latest AS (
          SELECT DISTINCT ON (stage) status FROM job WHERE run_id = ${runId}::uuid ORDER BY stage, ordinal DESC
        )
        SELECT CASE
          WHEN bool_or(status = 'running') THEN 'running'
          WHEN bool_or(status IN ('waiting', 'queued')) THEN 'waiting'
          WHEN bool_or(status = 'failed') THEN 'failed'
          WHEN bool_or(status = 'completed') THEN 'done'
          ELSE 'none' END
        FROM latest
      ) WHERE id = ${runId}::uuid`;
  }
}
