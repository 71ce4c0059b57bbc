import { z } from 'zod';
import { int64Text } from '../codec/int64.js';
import { runCounters, runLimits, runOutcome } from '../run/run-state.js';
import { flagQuery, listQuery, moment, pageOf, pageQuery, runNumberQuery, slug } from './common.js';
import { datasetInfo } from './data.endpoints.js';
import { defineEndpoint } from './endpoint.js';
import { jobInfo } from './jobs.endpoints.js';

/** What an analyst says of a run's data. */
export const quality = z.enum(['unset', 'good', 'bad', 'check']).meta({ id: 'Quality' });
export type Quality = z.infer<typeof quality>;

/** A run in a list. */
export const runSummary = z
  .strictObject({
    id: z.uuid(),
    detector: slug,
    number: z.number().int(),
    origin: z.enum(['live', 'imported']),
    mode: z.string(),
    configurationHash: z.string().nullable(),
    startedAt: moment.nullable(),
    endedAt: moment.nullable(),
    outcome: runOutcome.nullable(),
    reason: z.string(),
    by: z.string(),
    tags: z.array(z.string()),
    comment: z.string(),
    quality,
    /** Events recorded, once a live run has ended; events in the file of an imported one, null until it is decoded. */
    recorded: int64Text.nullable(),
    counters: runCounters,
    /** Data kinds stored, for example raw, dsp, hit. */
    dataKinds: z.array(z.string()),
    processing: z.enum(['none', 'waiting', 'running', 'done', 'failed']),
  })
  .meta({ id: 'RunSummary' });
export type RunSummary = z.infer<typeof runSummary>;

/** All facts of a run. */
export const runDetail = runSummary
  .extend({
    limits: runLimits,
    startedNs: int64Text.nullable(),
    endedNs: int64Text.nullable(),
    sources: z.array(z.strictObject({ name: z.string(), driver: z.string(), counters: runCounters })),
    configuration: z.json().nullable(),
    datasets: z.array(datasetInfo),
    jobs: z.array(jobInfo),
  })
  .meta({ id: 'RunDetail' });
export type RunDetail = z.infer<typeof runDetail>;

/** A line of a run's log, from a person or from the system. */
export const logEntry = z
  .strictObject({
    id: z.string(),
    at: moment,
    origin: z.enum(['person', 'system']),
    level: z.enum(['info', 'warning', 'error']),
    author: z.string(),
    text: z.string(),
    run: z.number().int().nullable(),
    detector: slug,
  })
  .meta({ id: 'LogEntry' });
export type LogEntry = z.infer<typeof logEntry>;

const runPath = z.strictObject({ detector: slug, number: runNumberQuery });
const tag = z.string().min(1).max(64);

/** The run database. */
export const runEndpoints = {
  list: defineEndpoint({
    id: 'runs.list',
    method: 'GET',
    path: '/runs',
    role: 'viewer',
    summary: 'List runs, newest first unless sorted',
    query: z.strictObject({
      ...pageQuery,
      detector: listQuery(slug),
      outcome: listQuery(runOutcome),
      quality: listQuery(quality),
      tag: listQuery(tag),
      mode: z.string().max(64).optional(),
      by: z.string().max(63).optional(),
      /** Words in comment, tags or reason. */
      text: z.string().max(200).optional(),
      startedAfter: moment.optional(),
      startedBefore: moment.optional(),
      number: runNumberQuery.optional(),
      running: flagQuery.optional(),
      sort: z.enum(['started', 'number', 'recorded', 'duration']).default('started'),
      order: z.enum(['asc', 'desc']).default('desc'),
    }),
    response: pageOf(runSummary),
  }),
  get: defineEndpoint({
    id: 'runs.get',
    method: 'GET',
    path: '/runs/:detector/:number',
    role: 'viewer',
    detectorParam: 'detector',
    summary: 'All facts of a run',
    params: runPath,
    response: runDetail,
  }),
  export: defineEndpoint({
    id: 'runs.export',
    method: 'GET',
    path: '/runs/:detector/:number/export',
    role: 'viewer',
    detectorParam: 'detector',
    summary:
      'A run as a ZIP archive with one folder of readable text: configurations, resolved values, counters, log, results of consumers, list of data sets with checksums and lineage',
    params: runPath,
    response: z.unknown(),
    responseKind: 'bytes',
  }),
  update: defineEndpoint({
    id: 'runs.update',
    method: 'PATCH',
    path: '/runs/:detector/:number',
    role: 'shifter',
    detectorParam: 'detector',
    summary: 'Change tags, comment or quality',
    params: runPath,
    body: z.strictObject({
      tags: z.array(tag).max(32).optional(),
      comment: z.string().max(4000).optional(),
      quality: quality.optional(),
    }),
    response: runSummary,
  }),
  bulk: defineEndpoint({
    id: 'runs.bulk',
    method: 'POST',
    path: '/runs/bulk',
    role: 'shifter',
    anyDetector: true,
    summary: 'Add and remove tags, set comment or quality of many runs at once',
    body: z.strictObject({
      ids: z.array(z.uuid()).min(1).max(1000),
      addTags: z.array(tag).max(32).default([]),
      removeTags: z.array(tag).max(32).default([]),
      quality: quality.optional(),
      comment: z.string().max(4000).optional(),
      /** What quality and comment were left as: where somebody has changed one since, it is kept. For taking a change back. */
      expected: z
        .strictObject({ quality: quality.optional(), comment: z.string().max(4000).optional() })
        .default({}),
    }),
    response: z.strictObject({
      changed: z.number().int(),
      /** Runs of which something was kept, because it is not as expected. */
      kept: z.number().int(),
      /** Which those are. */
      keptRuns: z.array(z.strictObject({ detector: slug, number: z.number().int() })),
    }),
  }),
  log: defineEndpoint({
    id: 'runs.log',
    method: 'GET',
    path: '/runs/:detector/:number/log',
    role: 'viewer',
    detectorParam: 'detector',
    summary: "A run's log",
    params: runPath,
    query: z.strictObject(pageQuery),
    response: pageOf(logEntry),
  }),
  addLog: defineEndpoint({
    id: 'runs.add-log',
    method: 'POST',
    path: '/runs/:detector/:number/log',
    role: 'shifter',
    detectorParam: 'detector',
    summary: "Write into a run's log",
    params: runPath,
    body: z.strictObject({ text: z.string().min(1).max(10_000) }),
    response: logEntry,
  }),
  tags: defineEndpoint({
    id: 'runs.tags',
    method: 'GET',
    path: '/run-tags',
    role: 'viewer',
    summary: 'Tags in use with their counts',
    response: z.array(z.strictObject({ tag: z.string(), runs: z.number().int() })),
  }),
  allLog: defineEndpoint({
    id: 'log.list',
    method: 'GET',
    path: '/log',
    role: 'viewer',
    summary: 'The log over all detectors and runs, newest first',
    query: z.strictObject({ ...pageQuery, detector: slug.optional(), text: z.string().max(200).optional() }),
    response: pageOf(logEntry),
  }),
};
