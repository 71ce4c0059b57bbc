import {
  type JobDetail,
  type JobInfo,
  type JobLogLine,
  jobAttempt,
  jobLogLine,
  type StageInfo,
} from '@countroom/contracts';
import type { Stage } from '@countroom/pipeline';
import { z } from 'zod';
import { toJob as toJobOfRun } from '../runs/job.mapper.js';
import type { AttemptRow, JobRow, LogLineRow } from './store/jobs.repository.js';

export function toJob(row: JobRow): JobInfo {
  return toJobOfRun(row, { detector: row.detector.name, number: row.run.number });
}

export function toJobDetail(row: JobRow, attempts: readonly AttemptRow[]): JobDetail {
  return {
    ...toJob(row),
    config: z.json().parse(row.config),
    inputs: row.inputs.map(({ port, datasetId, madeById }) => ({ port, datasetId, jobId: madeById })),
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
    alsoReads: [...(stage.alsoReads ?? [])],
    provides: [stage.provides],
    configSchema: { ...z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) },
    defaults: defaults.success ? (JSON.parse(JSON.stringify(defaults.data)) as StageInfo['defaults']) : {},
  };
}
