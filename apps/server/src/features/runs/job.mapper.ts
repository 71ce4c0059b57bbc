import { type JobInfo, jobStatus } from '@countroom/contracts';
import type { JobRow } from './runs.repository.js';

export function toJob(row: JobRow, run: { detector: string; number: number }): JobInfo {
  return {
    id: row.id,
    stage: row.stage,
    detector: run.detector,
    run: run.number,
    status: jobStatus.parse(row.status),
    awaitsApproval: awaitsApproval(row),
    priority: row.priority,
    attempt: row.attempt,
    progress: row.progress,
    progressText: row.progressText,
    lineageHash: row.lineageHash,
    configuration:
      row.configurationVersion === null
        ? null
        : { ...row.configurationVersion.configuration, version: row.configurationVersion.version },
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

function awaitsApproval({ status, dependsOn }: JobRow): boolean {
  if (status !== 'waiting' || !dependsOn.some((one) => one.awaitsApproval)) return false;
  return dependsOn.every((one) => one.dependsOn.status === 'completed');
}
