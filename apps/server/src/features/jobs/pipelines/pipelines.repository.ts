import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../../generated/prisma/client.js';
import { PrismaService } from '../../../platform/database/prisma.service.js';
import { jobInclude } from '../store/jobs.repository.js';

const configurationVersion = {
  select: { version: true, configuration: { select: { id: true, name: true } } },
} as const;
const detailInclude = {
  configurationVersion,
  steps: {
    include: { job: { include: jobInclude } },
    orderBy: [{ runId: 'asc' }, { position: 'asc' }],
  },
} satisfies Prisma.PipelineInclude;

export type PipelineRow = Prisma.PipelineGetPayload<{
  include: { configurationVersion: typeof configurationVersion };
}>;
export type PipelineDetailRow = Prisma.PipelineGetPayload<{ include: typeof detailInclude }>;

/** What a pipeline comes to, counted by the database. */
export interface PipelineTotals {
  readonly pipelineId: string;
  readonly detectors: string[];
  readonly runs: number;
  readonly stages: string[];
  readonly waiting: number;
  readonly queued: number;
  readonly running: number;
  readonly completed: number;
  readonly failed: number;
  readonly cancelled: number;
}

@Injectable()
export class PipelinesRepository {
  constructor(private readonly prisma: PrismaService) {}

  list(filter: {
    readonly detector: string | undefined;
    readonly below: bigint | undefined;
    readonly take: number;
  }): Promise<PipelineRow[]> {
    const { detector, below, take } = filter;
    return this.prisma.pipeline.findMany({
      where: {
        ...(below === undefined ? {} : { ordinal: { lt: below } }),
        ...(detector === undefined ? {} : { steps: { some: { job: { detector: { name: detector } } } } }),
      },
      orderBy: { ordinal: 'desc' },
      take,
      include: { configurationVersion },
    });
  }

  find(id: string): Promise<PipelineDetailRow | null> {
    return this.prisma.pipeline.findUnique({ where: { id }, include: detailInclude });
  }

  totals(ids: readonly string[]): Promise<PipelineTotals[]> {
    return this.prisma.$queryRaw<PipelineTotals[]>`
      SELECT s.pipeline_id AS "pipelineId",
             array_agg(DISTINCT d.name) AS "detectors",
             count(DISTINCT s.run_id)::int AS "runs",
             (SELECT array_agg(o.stage ORDER BY o.position) FROM (
                SELECT stage, min(position) AS position FROM pipeline_step
                WHERE pipeline_id = s.pipeline_id GROUP BY stage) o) AS "stages",
             (count(*) FILTER (WHERE j.status = 'waiting'))::int AS "waiting",
             (count(*) FILTER (WHERE j.status = 'queued'))::int AS "queued",
             (count(*) FILTER (WHERE j.status = 'running'))::int AS "running",
             (count(*) FILTER (WHERE j.status = 'completed'))::int AS "completed",
             (count(*) FILTER (WHERE j.status = 'failed'))::int AS "failed",
             (count(*) FILTER (WHERE j.status = 'cancelled'))::int AS "cancelled"
      FROM pipeline_step s JOIN job j ON j.id = s.job_id JOIN detector d ON d.id = j.detector_id
      WHERE s.pipeline_id = ANY(${[...ids]}::uuid[])
      GROUP BY s.pipeline_id`;
  }
}
