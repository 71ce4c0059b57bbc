import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../../generated/prisma/client.js';
import { type DatabaseClient, PrismaService } from '../../../platform/database/prisma.service.js';
import { JobsRepository } from '../store/jobs.repository.js';
import { decideSteps } from './decide-steps.js';
import type { PlannedStep } from './plan-run.js';

export interface RunToProcess {
  readonly id: string;
  readonly detectorId: string;
}

export interface SubmissionFacts {
  readonly pipelineId: string;
  readonly by: string;
  readonly priority: number;
  readonly force: boolean;
}

/** What is kept of a request itself. */
export type NewPipeline = Prisma.PipelineUncheckedCreateInput & { readonly id: string };

@Injectable()
export class SubmissionRepository {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly prisma: PrismaService,
  ) {}

  async createPipeline(pipeline: NewPipeline): Promise<void> {
    await this.prisma.pipeline.create({ data: pipeline });
  }

  /**
   * Makes the jobs of one run, all or none. A result that is stored needs no work, and a job that is making it already is
   * joined. Gives the ids of the jobs, in order, and of those that can be queued now.
   */
  createJobs(
    run: RunToProcess,
    steps: readonly PlannedStep[],
    facts: SubmissionFacts,
  ): Promise<{ ids: string[]; ready: string[] }> {
    return this.jobs.transaction(async (client) => {
      // Submissions for one run wait for each other, so that each sees the jobs of the others.
      await client.$queryRaw`SELECT id FROM run WHERE id = ${run.id}::uuid FOR UPDATE`;
      const decisions = decideSteps(steps, await this.jobs.activeOf([run.id], client), facts.force);
      const ids: string[] = [];
      const ready: string[] = [];
      for (const [index, step] of steps.entries()) {
        const { action, jobId } = decisions[index]!;
        if (jobId !== undefined) {
          ids.push(jobId);
          await this.addStep(run, step, { index, jobId, pipelineId: facts.pipelineId }, client);
          continue;
        }
        const makers = step.inputs.flatMap(({ after }) => (after === undefined ? [] : [ids[after]!]));
        const done = action === 'stored';
        const id = randomUUID();
        const waits = !done && (step.awaits.length > 0 || (await this.isAnyOpen(makers, client)));
        const awaited = new Set(step.awaits.map((place) => ids[place]!));
        await client.job.create({ data: this.row(id, run, step, { ...facts, done, waits }) });
        await client.jobInput.createMany({ data: inputRows(id, step, ids) });
        await this.addStep(run, step, { index, jobId: id, pipelineId: facts.pipelineId }, client);
        await client.jobDependency.createMany({
          data: [...new Set(makers)].map((dependsOnId) => ({
            jobId: id,
            dependsOnId,
            awaitsApproval: awaited.has(dependsOnId),
          })),
        });
        if (!done && !waits) ready.push(id);
        ids.push(id);
        await this.jobs.tell(id, client);
      }
      await this.jobs.refreshProcessing(run.id, client);
      return { ids, ready };
    });
  }

  private row(
    id: string,
    run: RunToProcess,
    step: PlannedStep,
    facts: SubmissionFacts & { done: boolean; waits: boolean },
  ): Prisma.JobUncheckedCreateInput {
    const now = new Date();
    const result = facts.done
      ? {
          status: 'completed',
          fromCatalogue: true,
          outputDatasetId: step.storedAs ?? null,
          startedAt: now,
          endedAt: now,
          progress: 1,
        }
      : { status: facts.waits ? 'waiting' : 'queued', attempt: 1 };
    return {
      id,
      stage: step.stage.name,
      detectorId: run.detectorId,
      runId: run.id,
      priority: facts.priority,
      config: step.config as Prisma.InputJsonValue,
      configurationVersionId: step.configurationVersionId,
      lineage: step.lineage as unknown as Prisma.InputJsonObject,
      lineageHash: step.lineageHash,
      pipelineId: facts.pipelineId,
      by: facts.by,
      force: facts.force,
      ...result,
    };
  }

  private async addStep(
    run: RunToProcess,
    { stage }: PlannedStep,
    {
      index,
      jobId,
      pipelineId,
    }: { readonly index: number; readonly jobId: string; readonly pipelineId: string },
    client: DatabaseClient,
  ): Promise<void> {
    await client.pipelineStep.create({
      data: { pipelineId, runId: run.id, stage: stage.name, position: index, jobId },
    });
  }

  private async isAnyOpen(ids: readonly string[], client: DatabaseClient): Promise<boolean> {
    const open = { id: { in: [...ids] }, status: { not: 'completed' } };
    return (await client.job.count({ where: open })) > 0;
  }
}

/** What a job reads; the data set of a job that is still to be done comes when that has ended. */
function inputRows(
  jobId: string,
  { inputs }: PlannedStep,
  ids: readonly string[],
): Prisma.JobInputCreateManyInput[] {
  return inputs.flatMap(({ port, datasetIds, after }): Prisma.JobInputCreateManyInput[] =>
    after === undefined
      ? datasetIds.map((datasetId, position) => ({ jobId, port, position, datasetId }))
      : [{ jobId, port, position: 0, datasetId: datasetIds[0] ?? null, madeById: ids[after]! }],
  );
}
