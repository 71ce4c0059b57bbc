import type { JsonValue } from '@countroom/contracts';
import { portsOf, type Stage, stageLineage } from '@countroom/pipeline';
import { type Lineage, lineageHash } from '@countroom/run-model';
import { stages } from '@countroom/stages';
import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../../generated/prisma/client.js';
import { type DatabaseClient, PrismaService } from '../../../platform/database/prisma.service.js';
import { CatalogueRepository } from '../store/catalogue.repository.js';
import { JobsRepository } from '../store/jobs.repository.js';
import { lineageUntilApproved } from '../submit/plan-run.js';

/** A job that waits for nobody any more: what it needs is approved. */
export interface DueJob {
  readonly id: string;
  readonly runId: string;
  readonly stage: string;
  readonly config: JsonValue;
}

const include = {
  dependsOn: { select: { dependsOnId: true, awaitsApproval: true } },
  inputs: {
    include: { dataset: { select: { lineage: true } }, madeBy: { select: { lineage: true } } },
    orderBy: [{ port: 'asc' }, { position: 'asc' }],
  },
} satisfies Prisma.JobInclude;
type OpenJob = Prisma.JobGetPayload<{ include: typeof include }>;

/** A job with what approval has made of it. */
interface Replanned {
  readonly job: OpenJob;
  readonly stage: Stage;
  readonly config: JsonValue;
  readonly lineage: Lineage;
}

/** Jobs that wait for approved values. */
@Injectable()
export class ApprovalsRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly jobs: JobsRepository,
    private readonly catalogue: CatalogueRepository,
  ) {}

  due(): Promise<DueJob[]> {
    return this.prisma.$queryRaw<DueJob[]>`
      SELECT j.id, j.run_id AS "runId", j.stage, j.config FROM job j
      WHERE j.status = 'waiting'
        AND EXISTS (SELECT 1 FROM job_dependency d WHERE d.job_id = j.id AND d.awaits_approval)
        AND NOT EXISTS (
          SELECT 1 FROM job_dependency d JOIN job n ON n.id = d.depends_on_id
          WHERE d.job_id = j.id AND (n.status <> 'completed' OR (d.awaits_approval AND NOT EXISTS (
            SELECT 1 FROM parameter_version v
            WHERE v.status = 'approved' AND n.output_dataset_id = ANY(v.dataset_ids)))))
      ORDER BY j.ordinal LIMIT 1000`;
  }

  /** Those of the data sets whose values were approved. */
  async approvedOf(datasetIds: readonly string[]): Promise<string[]> {
    const rows = await this.prisma.parameterVersion.findMany({
      where: { status: 'approved', datasetIds: { hasSome: [...datasetIds] } },
      select: { datasetIds: true },
    });
    return rows.flatMap(({ datasetIds: of }) => of);
  }

  /**
   * Plans a due job anew with the options that hold now, and what waits for it with it: what is stored already is taken.
   * Gives the ids of jobs that can be queued. Nothing happens while another job makes one of the results; it is tried again.
   */
  release(due: DueJob, config: JsonValue): Promise<string[]> {
    return this.jobs.transaction(async (client) => {
      // As submissions do: jobs of a run are looked at by one at a time.
      await client.$queryRaw`SELECT id FROM run WHERE id = ${due.runId}::uuid FOR UPDATE`;
      const root = await client.job.findUnique({ where: { id: due.id }, include });
      if (root?.status !== 'waiting' || !root.dependsOn.some((one) => one.awaitsApproval)) return [];
      const open = [root, ...(await this.waitingBehind(root.id, client))];
      const replanned = replan(open, root.id, config);
      if (await this.isMadeElsewhere(due.runId, replanned, client)) return [];
      await client.jobDependency.updateMany({ where: { jobId: root.id }, data: { awaitsApproval: false } });
      const ready: string[] = [];
      for (const one of replanned) if (await this.proceed(one, client)) ready.push(one.job.id);
      await this.jobs.refreshProcessing(due.runId, client);
      return ready;
    });
  }

  /** Waiting jobs that need the result of a job, directly or not, in their order. */
  private async waitingBehind(id: string, client: DatabaseClient): Promise<OpenJob[]> {
    const rows = await client.$queryRaw<{ id: string }[]>`
      WITH RECURSIVE behind AS (
        SELECT job_id FROM job_dependency WHERE depends_on_id = ${id}::uuid
        UNION SELECT d.job_id FROM job_dependency d JOIN behind b ON b.job_id = d.depends_on_id
      ) SELECT job_id AS id FROM behind`;
    const ids = rows.map((row) => row.id);
    return client.job.findMany({
      where: { id: { in: ids }, status: 'waiting' },
      orderBy: { ordinal: 'asc' },
      include,
    });
  }

  private async isMadeElsewhere(
    runId: string,
    replanned: readonly Replanned[],
    client: DatabaseClient,
  ): Promise<boolean> {
    const active = await this.jobs.activeOf([runId], client);
    return replanned.some(({ job, lineage }) => {
      const hash = lineageHash(lineage);
      return active.some((one) => one.id !== job.id && one.stage === job.stage && one.lineageHash === hash);
    });
  }

  /** Writes down what became of a job; true when it can be queued. */
  private async proceed(
    { job, stage, config, lineage }: Replanned,
    client: DatabaseClient,
  ): Promise<boolean> {
    const hash = lineageHash(lineage);
    const planned = {
      config: config as Prisma.InputJsonValue,
      lineage: lineage as unknown as Prisma.InputJsonObject,
      lineageHash: hash,
    };
    const free = await this.jobs.isUnblocked(job.id, client);
    const stored = free && !job.force ? await this.storedAs(job.runId, stage, hash, client) : undefined;
    if (stored !== undefined) {
      const now = new Date();
      const result = { status: 'completed', fromCatalogue: true, outputDatasetId: stored, progress: 1 };
      await this.jobs.update(job.id, { ...planned, ...result, startedAt: now, endedAt: now }, client);
      await this.jobs.fillInputs(job.id, stored, client);
      return false;
    }
    const next = free ? { status: 'queued', attempt: Math.max(1, job.attempt) } : {};
    await this.jobs.update(job.id, { ...planned, ...next }, client);
    return free;
  }

  private async storedAs(
    runId: string,
    { provides }: Stage,
    hash: string,
    client: DatabaseClient,
  ): Promise<string | undefined> {
    return (await this.catalogue.findResult(runId, provides, hash, client))?.id;
  }
}

function replan(open: readonly OpenJob[], rootId: string, config: JsonValue): Replanned[] {
  const made = new Map<string, Lineage>();
  return open.map((job) => {
    const stage = stages.get(job.stage);
    const options = job.id === rootId ? config : (job.config as JsonValue);
    const ports = portsOf(stage, options);
    const lineagesAt = (port: string): Lineage[] =>
      job.inputs
        .filter((input) => input.port === port)
        .map(({ madeById, madeBy, dataset }) => {
          const own = madeById === null ? undefined : made.get(madeById);
          return own ?? ((madeBy?.lineage ?? dataset?.lineage) as unknown as Lineage);
        });
    const others = [...new Set(job.inputs.map(({ port }) => port))].filter((port) => !ports.includes(port));
    const plain = stageLineage(stage, options, ports.flatMap(lineagesAt));
    const awaits = job.id !== rootId && job.dependsOn.some((one) => one.awaitsApproval);
    const lineage = awaits ? lineageUntilApproved(plain, others.flatMap(lineagesAt)) : plain;
    made.set(job.id, lineage);
    return { job, stage, config: options, lineage };
  });
}
