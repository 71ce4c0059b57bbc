import {
  quality,
  type RunDetail,
  type RunSummary,
  runDetail,
  runLimits,
  runOutcome,
  runSummary,
  zeroCounters,
} from '@countroom/contracts';
import { z } from 'zod';
import { toDataset } from './dataset.mapper.js';
import { toJob } from './job.mapper.js';
import type { RunDetailRow, RunRow } from './runs.repository.js';

const { counters, origin, processing } = runSummary.shape;
const { sources } = runDetail.shape;
/** Written by the acquisition process, maybe of an older version: what it left out counts as zero. */
const storedCounters = z.preprocess((value) => ({ ...zeroCounters, ...(value as object) }), counters);

export function toRun(row: RunRow): RunSummary {
  return {
    id: row.id,
    detector: row.detector.name,
    number: row.number,
    origin: origin.parse(row.origin),
    mode: row.mode,
    configurationHash: row.configurationHash,
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    outcome: row.outcome === null ? null : runOutcome.parse(row.outcome),
    reason: row.reason,
    by: row.by,
    tags: [...row.tags],
    comment: row.comment,
    quality: quality.parse(row.quality),
    recorded: row.recorded?.toString() ?? null,
    counters: storedCounters.parse(row.counters),
    dataKinds: [...row.dataKinds],
    processing: processing.parse(row.processing),
  };
}

export function toRunDetail(row: RunDetailRow): RunDetail {
  const run = { detector: row.detector.name, number: row.number };
  return {
    ...toRun(row),
    limits: runLimits.parse(row.limits),
    startedNs: row.startedNs?.toString() ?? null,
    endedNs: row.endedNs?.toString() ?? null,
    sources: sources.parse(row.sources),
    configuration:
      row.configurationVersion === null ? null : z.json().parse(row.configurationVersion.content),
    datasets: row.datasets.map((dataset) => toDataset(dataset, run)),
    jobs: row.jobs.map((job) => toJob(job, run)),
  };
}
