import { z } from 'zod';
import { errorCode, problemIssue } from '../errors/app-error.js';
import {
  jsonObject,
  jsonSchemaDocument,
  listQuery,
  moment,
  pageOf,
  pageQuery,
  runNumber,
  runNumberQuery,
  slug,
} from './common.js';
import { defineEndpoint } from './endpoint.js';

/** Where a job is. `waiting`: for jobs that it depends on. */
export const jobStatus = z
  .enum(['waiting', 'queued', 'running', 'completed', 'failed', 'cancelled'])
  .meta({ id: 'JobStatus' });
export type JobStatus = z.infer<typeof jobStatus>;

/**
 * Which values the stages of a request use where their options refer to `db.…`. `approved`: those that are approved when
 * the request is made; `when-approved`: stages wait until what analyses of the request find is approved; `own`: what
 * analyses of the request find, in this request only and without approval, which the lineage of the results says.
 */
export const valueSource = z
  .enum(['approved', 'when-approved', 'own'])
  .meta({ id: 'ValueSource', title: 'Values' });
export type ValueSource = z.infer<typeof valueSource>;

/** A job in a list. */
export const jobInfo = z
  .strictObject({
    id: z.uuid(),
    stage: z.string(),
    detector: slug,
    run: z.number().int(),
    status: jobStatus,
    /** True while it waits for nothing but somebody who approves what an analysis found. */
    awaitsApproval: z.boolean(),
    priority: z.number().int(),
    attempt: z.number().int(),
    /** 0 to 1; null when not known. */
    progress: z.number().nullable(),
    progressText: z.string(),
    lineageHash: z.string(),
    /** The stored version that it was asked for with; null when its options were given themselves. */
    configuration: z.strictObject({ id: z.uuid(), name: z.string(), version: z.number().int() }).nullable(),
    pipelineId: z.uuid().nullable(),
    dependsOn: z.array(z.uuid()),
    by: z.string(),
    createdAt: moment,
    startedAt: moment.nullable(),
    endedAt: moment.nullable(),
    error: z.string().nullable(),
    outputDatasetId: z.uuid().nullable(),
    /** True when the result was there already and nothing was computed. */
    fromCatalogue: z.boolean(),
    cancelRequested: z.boolean(),
  })
  .meta({ id: 'JobInfo' });
export type JobInfo = z.infer<typeof jobInfo>;

/** One try at a job. */
export const jobAttempt = z
  .strictObject({
    attempt: z.number().int(),
    worker: z.string(),
    startedAt: moment,
    endedAt: moment.nullable(),
    outcome: z.enum(['running', 'completed', 'failed', 'cancelled', 'lost']),
    error: z.string().nullable(),
  })
  .meta({ id: 'JobAttempt' });
/** A data set that a job reads. Ports are named after data kinds; a port may take several data sets, in order. */
export const jobInput = z
  .strictObject({
    port: z.string(),
    /** Null until the job that makes it has ended. */
    datasetId: z.uuid().nullable(),
    /** The job that makes it; null when it was stored before. */
    jobId: z.uuid().nullable(),
  })
  .meta({ id: 'JobInput' });
export type JobInput = z.infer<typeof jobInput>;

/** A job with its settings, inputs and attempts. */
export const jobDetail = jobInfo
  .extend({ config: z.json(), inputs: z.array(jobInput), attempts: z.array(jobAttempt) })
  .meta({ id: 'JobDetail' });
export type JobDetail = z.infer<typeof jobDetail>;

/** One line of a job's log. */
export const jobLogLine = z
  .strictObject({
    sequence: z.number().int(),
    attempt: z.number().int(),
    at: moment,
    level: z.enum(['debug', 'info', 'warning', 'error']),
    text: z.string(),
  })
  .meta({ id: 'JobLogLine' });
export type JobLogLine = z.infer<typeof jobLogLine>;

/** A stage that jobs can run, with its options as JSON Schema. */
export const stageInfo = z
  .strictObject({
    name: z.string(),
    version: z.string(),
    title: z.string(),
    description: z.string(),
    /** Data kinds that it reads unless its options say others, the main one first. */
    dependsOn: z.array(z.string()),
    /** Data kinds that its options can make it read as well, or instead. */
    alsoReads: z.array(z.string()),
    provides: z.array(z.string()),
    configSchema: jsonSchemaDocument,
    defaults: jsonObject,
  })
  .meta({ id: 'StageInfo' });
export type StageInfo = z.infer<typeof stageInfo>;

/** A request for results: the stages to run over each run, in order; the input of a stage is what an earlier stage of the request makes, else the newest stored result. */
export const submitJobs = z
  .strictObject({
    runs: z
      .array(z.strictObject({ detector: slug, number: runNumber }))
      .min(1)
      .max(1000),
    stages: z
      .array(
        z.strictObject({
          stage: z.string().min(1).max(64),
          /** Options; or a stored configuration's version. */ config: jsonObject.optional(),
          configurationVersionId: z.uuid().optional(),
          /** Stored data sets to read, by port; otherwise what another stage of the request makes, else the newest. */
          inputs: z.record(z.string().max(64), z.array(z.uuid()).min(1).max(64)).optional(),
        }),
      )
      .max(16)
      .default([]),
    /** A version of a stored pipeline: its stages, with those of `stages` in the place of its own. */
    pipelineVersionId: z.uuid().optional(),
    /** Those of the stored pipeline when absent; without one the approved values. */
    parameters: valueSource.optional(),
    /** One result over all runs, kept with the first one, instead of one per run; for stages that can (skim). */
    joint: z.boolean().default(false),
    /** What people call the request. */
    name: z.string().max(100).default(''),
    priority: z.number().int().min(0).max(100).default(50),
    /** Compute again even when the catalogue has the result. */
    force: z.boolean().default(false),
  })
  .refine(({ stages, pipelineVersionId }) => stages.length > 0 || pipelineVersionId !== undefined, {
    path: ['stages'],
    message: 'name at least one stage, or a stored pipeline',
  })
  .meta({
    id: 'SubmitJobs',
    examples: [{ runs: [{ detector: 'demo', number: 1 }], stages: [{ stage: 'daq_to_raw' }] }],
  });
export type SubmitJobs = z.infer<typeof submitJobs>;

/**
 * Why a result is computed or not. `changed`: another result of the kind is stored; the text says what differs.
 * `approval`: it is computed when what an analysis of the request finds is approved.
 */
export const previewReason = z
  .strictObject({
    kind: z.enum(['new', 'changed', 'input', 'forced', 'approval', 'stored', 'joined']),
    text: z.string(),
  })
  .meta({ id: 'PreviewReason' });
export type PreviewReason = z.infer<typeof previewReason>;

/** One result that a request asks for, and what a submission would do about it. */
export const previewStep = z
  .strictObject({
    stage: z.string(),
    /** Data kind of the result. */
    dataKind: z.string(),
    lineageHash: z.string(),
    /** `compute`: a new job; `stored`: the catalogue has the result; `joined`: a job is making it already. */
    action: z.enum(['compute', 'stored', 'joined']),
    reason: previewReason,
    /** What it reads, port by port: stored data sets, or what a requested stage makes. */
    inputs: z.array(
      z.strictObject({
        port: z.string(),
        datasetIds: z.array(z.uuid()),
        /** The requested stage that makes it; null when it is stored. */
        stage: z.string().nullable(),
      }),
    ),
    /** The stored result, when there is one; computed again all the same when that is asked for. */
    storedDatasetId: z.uuid().nullable(),
    /** The job that is joined. */
    jobId: z.uuid().nullable(),
  })
  .meta({ id: 'PreviewStep' });
export type PreviewStep = z.infer<typeof previewStep>;

/** Why part of a request cannot be done. `run` or `stage` are null when it is not about one of them. */
export const previewRefusal = z
  .strictObject({
    run: z.strictObject({ detector: slug, number: runNumber }).nullable(),
    stage: z.string().nullable(),
    code: errorCode,
    message: z.string(),
    /** Faults per option: `stages.<stage>.<option>`. */
    issues: z.array(problemIssue),
  })
  .meta({ id: 'PreviewRefusal' });
export type PreviewRefusal = z.infer<typeof previewRefusal>;

/** What a submission would do now. Anything refused refuses the whole submission. */
export const jobsPreview = z
  .strictObject({
    /** In the order of the request, without the runs that are refused. */
    runs: z.array(z.strictObject({ detector: slug, number: z.number().int(), steps: z.array(previewStep) })),
    refused: z.array(previewRefusal),
    /** Steps over all runs, by what would be done. */
    counts: z.strictObject({
      compute: z.number().int(),
      stored: z.number().int(),
      joined: z.number().int(),
    }),
  })
  .meta({ id: 'JobsPreview' });
export type JobsPreview = z.infer<typeof jobsPreview>;

const jobPath = z.strictObject({ id: z.uuid() });

/** Processing jobs and stages. */
export const jobEndpoints = {
  stages: defineEndpoint({
    id: 'stages.list',
    method: 'GET',
    path: '/stages',
    role: 'viewer',
    summary: 'Stages that can be run',
    response: z.array(stageInfo),
  }),
  submit: defineEndpoint({
    id: 'jobs.submit',
    method: 'POST',
    path: '/jobs',
    role: 'shifter',
    anyDetector: true,
    summary: 'Run stages over runs; what exists already is taken from the catalogue',
    body: submitJobs,
    response: z.strictObject({ pipelineId: z.uuid(), jobs: z.array(jobInfo) }),
  }),
  preview: defineEndpoint({
    id: 'jobs.preview',
    method: 'POST',
    path: '/jobs/preview',
    role: 'viewer',
    readOnly: true,
    summary: 'What a submission would compute, take from the catalogue, or refuse; makes no job',
    body: submitJobs,
    response: jobsPreview,
  }),
  list: defineEndpoint({
    id: 'jobs.list',
    method: 'GET',
    path: '/jobs',
    role: 'viewer',
    summary: 'List jobs, newest first',
    query: z.strictObject({
      ...pageQuery,
      status: listQuery(jobStatus),
      stage: z.string().max(64).optional(),
      detector: slug.optional(),
      run: runNumberQuery.optional(),
      pipelineId: z.uuid().optional(),
    }),
    response: pageOf(jobInfo),
  }),
  get: defineEndpoint({
    id: 'jobs.get',
    method: 'GET',
    path: '/jobs/:id',
    role: 'viewer',
    summary: 'One job',
    params: jobPath,
    response: jobDetail,
  }),
  log: defineEndpoint({
    id: 'jobs.log',
    method: 'GET',
    path: '/jobs/:id/log',
    role: 'viewer',
    summary: "A job's log",
    params: jobPath,
    query: z.strictObject({
      after: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(5000).default(1000),
    }),
    response: z.array(jobLogLine),
  }),
  cancel: defineEndpoint({
    id: 'jobs.cancel',
    method: 'POST',
    path: '/jobs/:id/cancel',
    role: 'shifter',
    anyDetector: true,
    summary: 'Stop a job',
    params: jobPath,
    body: z.strictObject({}),
    response: jobInfo,
  }),
  retry: defineEndpoint({
    id: 'jobs.retry',
    method: 'POST',
    path: '/jobs/:id/retry',
    role: 'shifter',
    anyDetector: true,
    summary: 'Try a failed or cancelled job again',
    params: jobPath,
    body: z.strictObject({}),
    response: jobInfo,
  }),
  update: defineEndpoint({
    id: 'jobs.update',
    method: 'PATCH',
    path: '/jobs/:id',
    role: 'shifter',
    anyDetector: true,
    summary: 'Change the priority of a waiting job',
    params: jobPath,
    body: z.strictObject({ priority: z.number().int().min(0).max(100) }),
    response: jobInfo,
  }),
};
