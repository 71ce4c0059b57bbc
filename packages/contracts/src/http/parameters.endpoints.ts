import { z } from 'zod';
import { analysisReport, analysisSummary } from '../analysis/report.js';
import { jsonObject, moment, runNumber, runNumberQuery, slug } from './common.js';
import { defineEndpoint } from './endpoint.js';

/** Name of a set of parameters: `dsp` is read by raw_to_dsp, `hit` by dsp_to_hit; others as people like. */
export const parameterSetName = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,62}$/, 'small letters, digits, - and _, beginning with a letter');

/** What a version does with those that hold from before. */
export const parameterMode = z
  .enum(['append', 'reset', 'replace', 'remove'])
  .meta({ id: 'ParameterMode', description: 'append lies over what holds, reset takes its place' });
/** Where a version stands: only approved ones count. */
export const parameterStatus = z.enum(['proposed', 'approved', 'rejected']).meta({ id: 'ParameterStatus' });
export type ParameterStatus = z.infer<typeof parameterStatus>;

/** Parameters of a detector, or of all of them, under one name. */
export const parameterSetInfo = z
  .strictObject({
    id: z.uuid(),
    name: parameterSetName,
    /** Null: for every detector; a detector's own set lies over it. */
    detector: slug.nullable(),
    description: z.string(),
    createdAt: moment,
    versions: z.number().int(),
    proposed: z.number().int(),
    /** Channels and patterns that approved versions speak of. */
    channels: z.array(z.string()),
  })
  .meta({ id: 'ParameterSetInfo' });
export type ParameterSetInfo = z.infer<typeof parameterSetInfo>;

const documentName = z.string().min(1).max(200);
const category = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);

/** When values hold. */
export const parameterValidity = z.strictObject({
  validFrom: moment,
  /** Not included; null: for ever. */
  validTo: moment.nullable().default(null),
  firstRun: runNumber.nullable().default(null),
  lastRun: runNumber.nullable().default(null),
  /** Kind of data, such as the mode of runs; `all` for those without values of their own. */
  category: category.default('all'),
});

/** One version of a set, never changed but for the decision. */
export const parameterVersion = z
  .strictObject({
    id: z.uuid(),
    setId: z.uuid(),
    set: parameterSetName,
    detector: slug.nullable(),
    version: z.number().int(),
    document: documentName,
    hash: z.string(),
    content: jsonObject,
    mode: parameterMode,
    targets: z.array(documentName),
    ...parameterValidity.shape,
    status: parameterStatus,
    note: z.string(),
    by: z.string(),
    createdAt: moment,
    decidedBy: z.string().nullable(),
    decidedAt: moment.nullable(),
    decisionNote: z.string(),
    /** The job and the data sets that the values come from; null and none for those of people. */
    jobId: z.uuid().nullable(),
    datasetIds: z.array(z.uuid()),
  })
  .meta({ id: 'ParameterVersion' });
export type ParameterVersion = z.infer<typeof parameterVersion>;

/** The version that a value comes from. */
export const sourceVersion = z
  .strictObject({
    id: z.uuid(),
    setId: z.uuid(),
    version: z.number().int(),
    document: z.string(),
    detector: slug.nullable(),
  })
  .meta({ id: 'SourceVersion' });
export type SourceVersion = z.infer<typeof sourceVersion>;

/** Values that hold, and where they come from. */
export const resolvedParameters = z
  .strictObject({
    /** By channel or pattern; of one channel alone when that was asked for. */
    values: jsonObject,
    hash: z.string(),
    /** Lowest first. */
    versions: z.array(sourceVersion),
    /** The version that each value of one channel comes from, by its path (`pz.tau`); empty when no channel was asked for. */
    sources: z.record(z.string(), sourceVersion),
  })
  .meta({ id: 'ResolvedParameters' });
export type ResolvedParameters = z.infer<typeof resolvedParameters>;

/** A value from a moment on; `value` is null where none holds. */
export const parameterStep = z
  .strictObject({
    from: moment,
    value: z.json(),
    versionId: z.uuid().nullable(),
    version: z.number().int().nullable(),
  })
  .meta({ id: 'ParameterStep' });
export type ParameterStep = z.infer<typeof parameterStep>;

/** A validity file and its documents by name. */
export const validityFolder = z
  .strictObject({ validity: z.string().max(5_000_000), documents: z.record(z.string(), jsonObject) })
  .meta({ id: 'ValidityFolder' });
export type ValidityFolder = z.infer<typeof validityFolder>;

const byId = z.strictObject({ id: z.uuid() });
const note = z.string().max(2000).default('');
const owner = { detector: slug.nullable().default(null), set: parameterSetName };

const fromResult = z.strictObject({
  /** Channels to take; all that are proposed when absent. */
  channels: z.array(z.string()).min(1).optional(),
  /** The start of the run when absent. */
  validFrom: moment.optional(),
  note,
});

/** Parameters with validity, and the results of analyses that they come from. */
export const parameterEndpoints = {
  sets: defineEndpoint({
    id: 'parameters.sets',
    method: 'GET',
    path: '/parameter-sets',
    role: 'viewer',
    summary: 'List sets of parameters',
    query: z.strictObject({ detector: slug.optional() }),
    response: z.array(parameterSetInfo),
  }),
  versions: defineEndpoint({
    id: 'parameters.versions',
    method: 'GET',
    path: '/parameter-sets/:id/versions',
    role: 'viewer',
    summary: 'All versions of a set, newest first',
    params: byId,
    response: z.array(parameterVersion),
  }),
  version: defineEndpoint({
    id: 'parameters.version',
    method: 'GET',
    path: '/parameter-versions/:id',
    role: 'viewer',
    summary: 'One version',
    params: byId,
    response: parameterVersion,
  }),
  resolve: defineEndpoint({
    id: 'parameters.resolve',
    method: 'GET',
    path: '/parameters',
    role: 'viewer',
    summary: 'Values that hold for a moment or a run',
    query: z.strictObject({
      detector: slug.optional(),
      set: parameterSetName,
      /** Now, or the beginning of the run, when absent. */ at: moment.optional(),
      run: runNumberQuery.optional(),
      category: category.optional(),
      channel: z.string().max(200).optional(),
    }),
    response: resolvedParameters,
  }),
  history: defineEndpoint({
    id: 'parameters.history',
    method: 'GET',
    path: '/parameters/history',
    role: 'viewer',
    summary: 'One value over time',
    query: z.strictObject({
      detector: slug.optional(),
      set: parameterSetName,
      channel: z.string().max(200),
      path: z.string().min(1).max(500),
      category: category.optional(),
    }),
    response: z.array(parameterStep),
  }),
  add: defineEndpoint({
    id: 'parameters.add',
    method: 'POST',
    path: '/parameters',
    role: 'shifter',
    anyDetector: true,
    summary: 'Propose values; equal ones give the version that has them',
    body: z.strictObject({
      ...owner,
      document: documentName.optional(),
      mode: parameterMode.default('append'),
      /** Documents that replace and remove take away. */
      targets: z.array(documentName).max(100).default([]),
      content: jsonObject.default({}),
      ...parameterValidity.shape,
      note,
    }),
    response: parameterVersion,
  }),
  approve: defineEndpoint({
    id: 'parameters.approve',
    method: 'POST',
    path: '/parameter-versions/:id/approve',
    role: 'expert',
    anyDetector: true,
    summary: 'Approve proposed values: from now on processing uses them',
    params: byId,
    body: z.strictObject({ note }),
    response: parameterVersion,
  }),
  reject: defineEndpoint({
    id: 'parameters.reject',
    method: 'POST',
    path: '/parameter-versions/:id/reject',
    role: 'expert',
    anyDetector: true,
    summary: 'Reject proposed values',
    params: byId,
    body: z.strictObject({ note }),
    response: parameterVersion,
  }),
  import: defineEndpoint({
    id: 'parameters.import',
    method: 'POST',
    path: '/parameters/import',
    role: 'expert',
    anyDetector: true,
    summary: 'Take over a validity file (YAML, JSON or lines of JSON) with its documents, approved',
    body: z.strictObject({ ...owner, ...validityFolder.shape, note }),
    response: z.strictObject({ added: z.number().int(), known: z.number().int() }),
  }),
  export: defineEndpoint({
    id: 'parameters.export',
    method: 'GET',
    path: '/parameter-sets/:id/export',
    role: 'viewer',
    summary: 'The approved versions as a validity file with its documents',
    params: byId,
    query: z.strictObject({ format: z.enum(['yaml', 'json', 'jsonl']).default('yaml') }),
    response: validityFolder,
  }),
  analysis: defineEndpoint({
    id: 'parameters.analysis',
    method: 'GET',
    path: '/datasets/:id/analysis',
    role: 'viewer',
    summary: 'What an analysis found, and the versions that were made of it',
    params: byId,
    response: z.strictObject({ summary: analysisSummary, versions: z.array(parameterVersion) }),
  }),
  analysisTable: defineEndpoint({
    id: 'parameters.analysis-table',
    method: 'GET',
    path: '/datasets/:id/analysis/table',
    role: 'viewer',
    summary: 'Numbers and plots of one table of an analysis',
    params: byId,
    query: z.strictObject({ table: z.string().min(1).max(500) }),
    response: analysisReport,
  }),
  propose: defineEndpoint({
    id: 'parameters.propose',
    method: 'POST',
    path: '/datasets/:id/analysis/propose',
    role: 'shifter',
    anyDetector: true,
    summary: 'Propose what an analysis found',
    params: byId,
    body: fromResult,
    response: parameterVersion,
  }),
  adopt: defineEndpoint({
    id: 'parameters.adopt',
    method: 'POST',
    path: '/datasets/:id/analysis/approve',
    role: 'expert',
    anyDetector: true,
    summary: 'Approve what an analysis found: from now on processing uses it',
    params: byId,
    body: fromResult,
    response: parameterVersion,
  }),
};
