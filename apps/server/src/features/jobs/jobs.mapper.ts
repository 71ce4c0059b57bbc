import {
  type JobDetail,
  type JobInfo,
  type JobLogLine,
  jobAttempt,
  jobLogLine,
  jobStatus,
  type StageInfo,
} from '@countroom/contracts';
import type { Stage } from '@countroom/pipeline';
import { z } from 'zod';
import type { AttemptRow, JobRow, LogLineRow } from './store/jobs.repository.js';

export function toJob(row: JobRow): JobInfo {
  return {
    id: row.id,
    stage: row.stage,
    detector: row.detector.name,
    run: row.run.number,
    status: jobStatus.parse(row.status),
    priority: row.priority,
    attempt: row.attempt,
    progress: row.progress,
    progressText: row.progressText,
    lineageHash: row.lineageHash,
    pipelineId: row.pipelineId,
    dependsOn: row.dependsOn.map((dependency) => dependency.dependsOnId),
    by: row.by,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    error: row.error,
    outputDatasetId: row.outputDatasetId,
    fromCatalogue: row.fromCatalogue,
    cancelRequested: row.cancelRequested,
  };
}

export function toJobDetail(row: JobRow, attempts: readonly AttemptRow[]): JobDetail {
  return {
    ...toJob(row),
    config: z.json().parse(row.config),
    inputDatasetIds: row.inputDatasetIds,
    attempts: attempts.map(({ attempt, worker, startedAt, endedAt, outcome, error }) => ({
      attempt,
      worker,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      outcome: jobAttempt.shape.outcome.parse(outcome),
      error,
    })),
  };
}

export function toLogLine({ sequence, attempt, at, level, text }: LogLineRow): JobLogLine {
  return { sequence, attempt, at: at.toISOString(), level: jobLogLine.shape.level.parse(level), text };
}

export function toStageInfo(stage: Stage): StageInfo {
  const { name, version, title, description, configSchema } = stage;
  const defaults = configSchema.safeParse({});
  return {
    name,
    version,
    title,
    description,
    dependsOn: [stage.dependsOn],
    provides: [stage.provides],
    configSchema: { ...z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) },
    defaults: defaults.success ? (JSON.parse(JSON.stringify(defaults.data)) as StageInfo['defaults']) : {},
  };
}
