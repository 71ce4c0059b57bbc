import { z } from 'zod';
import { jsonObject, moment, pageOf, pageQuery, slug } from './common.js';
import { defineEndpoint } from './endpoint.js';
import { jobInfo, valueSource } from './jobs.endpoints.js';

const configurationName = z.string().min(1).max(64);

/** A stage of a stored pipeline: with a stored configuration by its name (the newest version), or with options. */
export const pipelineStage = z
  .strictObject({
    stage: z.string().min(1).max(64).meta({ title: 'Stage', description: 'For example raw_to_dsp' }),
    configuration: configurationName.optional().meta({
      title: 'Configuration',
      description: 'Name of a stored configuration of the stage; its newest version is taken',
    }),
    config: jsonObject
      .optional()
      .meta({ title: 'Options', description: 'Instead of a stored configuration' }),
  })
  .meta({ id: 'PipelineStage' });

/** A stored pipeline: the stages from the data that a run has to what is wanted. */
export const pipelineDefinition = z
  .strictObject({
    stages: z.array(pipelineStage).min(1).max(16).meta({ title: 'Stages' }),
    parameters: valueSource.optional().meta({
      title: 'Values',
      description: 'Where values behind db. come from; approved ones when absent',
    }),
  })
  .meta({ id: 'PipelineDefinition' });
export type PipelineDefinition = z.infer<typeof pipelineDefinition>;

/** How many jobs of a pipeline are where. */
export const pipelineCounts = z
  .strictObject({
    waiting: z.number().int(),
    queued: z.number().int(),
    running: z.number().int(),
    completed: z.number().int(),
    failed: z.number().int(),
    cancelled: z.number().int(),
  })
  .meta({ id: 'PipelineCounts' });
export type PipelineCounts = z.infer<typeof pipelineCounts>;

/** A request for results over runs, in a list. */
export const pipelineInfo = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    by: z.string(),
    createdAt: moment,
    detectors: z.array(slug),
    runs: z.number().int(),
    /** In the order in which they run. */
    stages: z.array(z.string()),
    counts: pipelineCounts,
    /** The stored pipeline that it was made from. */
    configuration: z.strictObject({ id: z.uuid(), name: z.string(), version: z.number().int() }).nullable(),
    /** The rule that asked for it. */
    ruleId: z.uuid().nullable(),
    parameters: valueSource,
  })
  .meta({ id: 'PipelineInfo' });
export type PipelineInfo = z.infer<typeof pipelineInfo>;

/** One result of a pipeline, with the job that makes it. */
export const pipelineStep = z
  .strictObject({
    stage: z.string(),
    /** Order among the steps of the run. */
    position: z.number().int(),
    job: jobInfo,
    /** What it reads, by port; `stage` is the step of this pipeline that makes it. */
    inputs: z.array(z.strictObject({ port: z.string(), stage: z.string().nullable() })),
    /** True when the job was asked for by an earlier request: cancelling this pipeline leaves it alone. */
    joined: z.boolean(),
  })
  .meta({ id: 'PipelineStep' });
export type PipelineStep = z.infer<typeof pipelineStep>;

/** A pipeline with all that it comes to. */
export const pipelineDetail = pipelineInfo
  .extend({ steps: z.array(pipelineStep) })
  .meta({ id: 'PipelineDetail' });
export type PipelineDetail = z.infer<typeof pipelineDetail>;

/** Every new run of a detector is processed with a stored pipeline. */
export const processingRule = z
  .strictObject({
    id: z.uuid(),
    detector: slug,
    pipeline: z.strictObject({ id: z.uuid(), name: z.string() }),
    enabled: z.boolean(),
    priority: z.number().int(),
    /** Runs up to this number were there before the rule. */
    afterNumber: z.number().int(),
    by: z.string(),
    createdAt: moment,
    /** The runs it dealt with last, newest first. */
    recent: z.array(
      z.strictObject({
        run: z.number().int(),
        at: moment,
        pipelineId: z.uuid().nullable(),
        /** Why nothing was submitted. */
        error: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ProcessingRule' });
export type ProcessingRule = z.infer<typeof processingRule>;

const byId = z.strictObject({ id: z.uuid() });
const priority = z.number().int().min(0).max(100);

/** Requests for results as a whole, and rules that make them. */
export const pipelineEndpoints = {
  list: defineEndpoint({
    id: 'pipelines.list',
    method: 'GET',
    path: '/pipelines',
    role: 'viewer',
    summary: 'List requests for results, newest first',
    query: z.strictObject({ ...pageQuery, detector: slug.optional() }),
    response: pageOf(pipelineInfo),
  }),
  get: defineEndpoint({
    id: 'pipelines.get',
    method: 'GET',
    path: '/pipelines/:id',
    role: 'viewer',
    summary: 'One request with all its steps and their jobs',
    params: byId,
    response: pipelineDetail,
  }),
  cancel: defineEndpoint({
    id: 'pipelines.cancel',
    method: 'POST',
    path: '/pipelines/:id/cancel',
    role: 'shifter',
    anyDetector: true,
    summary: 'Stop all jobs of a request',
    params: byId,
    body: z.strictObject({}),
    response: pipelineDetail,
  }),
  retry: defineEndpoint({
    id: 'pipelines.retry',
    method: 'POST',
    path: '/pipelines/:id/retry',
    role: 'shifter',
    anyDetector: true,
    summary: 'Try all failed and cancelled jobs of a request again',
    params: byId,
    body: z.strictObject({}),
    response: pipelineDetail,
  }),
  rules: defineEndpoint({
    id: 'processing-rules.list',
    method: 'GET',
    path: '/processing-rules',
    role: 'viewer',
    summary: 'Detectors whose new runs are processed by themselves',
    query: z.strictObject({ detector: slug.optional() }),
    response: z.array(processingRule),
  }),
  addRule: defineEndpoint({
    id: 'processing-rules.create',
    method: 'POST',
    path: '/processing-rules',
    role: 'expert',
    anyDetector: true,
    summary: 'Process every new run of a detector with a stored pipeline',
    body: z.strictObject({
      detector: slug,
      /** Id of the configuration that holds the pipeline. */
      pipelineId: z.uuid(),
      priority: priority.default(50),
    }),
    response: processingRule,
  }),
  updateRule: defineEndpoint({
    id: 'processing-rules.update',
    method: 'PATCH',
    path: '/processing-rules/:id',
    role: 'expert',
    anyDetector: true,
    summary: 'Switch a rule on or off, or change its priority',
    params: byId,
    body: z.strictObject({ enabled: z.boolean().optional(), priority: priority.optional() }),
    response: processingRule,
  }),
  removeRule: defineEndpoint({
    id: 'processing-rules.remove',
    method: 'DELETE',
    path: '/processing-rules/:id',
    role: 'expert',
    anyDetector: true,
    summary: 'Remove a rule; what it asked for stays',
    params: byId,
  }),
};
