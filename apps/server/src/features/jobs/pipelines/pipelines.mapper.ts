import {
  type PipelineCounts,
  type PipelineDetail,
  type PipelineInfo,
  type PipelineStep,
  valueSource,
} from '@countroom/contracts';
import { toJob } from '../jobs.mapper.js';
import type { PipelineDetailRow, PipelineRow, PipelineTotals } from './pipelines.repository.js';

/** Totals are missing for a request that came to nothing. */
export function toPipeline(row: PipelineRow, totals: PipelineTotals | undefined): PipelineInfo {
  const { configurationVersion: version } = row;
  const count = (status: keyof PipelineCounts): number => totals?.[status] ?? 0;
  return {
    id: row.id,
    name: row.name,
    by: row.by,
    createdAt: row.createdAt.toISOString(),
    detectors: totals?.detectors ?? [],
    runs: totals?.runs ?? 0,
    stages: totals?.stages ?? [],
    counts: {
      waiting: count('waiting'),
      queued: count('queued'),
      running: count('running'),
      completed: count('completed'),
      failed: count('failed'),
      cancelled: count('cancelled'),
    },
    configuration: version === null ? null : { ...version.configuration, version: version.version },
    ruleId: row.ruleId,
    parameters: valueSource.parse(row.parameters),
  };
}

export function toPipelineDetail(row: PipelineDetailRow, totals: PipelineTotals | undefined): PipelineDetail {
  const stageOf = new Map(row.steps.map(({ jobId, stage }) => [jobId, stage]));
  const steps = row.steps.map(
    ({ stage, position, job }): PipelineStep => ({
      stage,
      position,
      job: toJob(job),
      inputs: job.inputs.map(({ port, madeById }) => ({
        port,
        stage: (madeById === null ? undefined : stageOf.get(madeById)) ?? null,
      })),
      joined: job.pipelineId !== row.id,
    }),
  );
  const order = (step: PipelineStep): string =>
    `${step.job.detector} ${String(step.job.run).padStart(10, '0')} ${String(step.position).padStart(3, '0')}`;
  return {
    ...toPipeline(row, totals),
    steps: steps.sort((a, b) => (order(a) < order(b) ? -1 : 1)),
  };
}
