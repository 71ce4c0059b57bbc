import { z } from 'zod';
import { jsonObject, jsonSchemaDocument, moment, slug } from './common.js';
import { defineEndpoint } from './endpoint.js';
import {
  scopeImport,
  scopeImportRequest,
  scopePreview,
  scopePreviewRequest,
  settingsSet,
  settingsSetRequest,
} from './scope-settings.js';

/** What a configuration is for: a detector's sources, a pipeline of stages, or a stage's options by stage name. */
export const configurationKind = z
  .enum([
    'detector',
    'pipeline',
    'daq_to_raw',
    'raw_to_dsp',
    'dsp_to_hit',
    'build_tcm',
    'hit_to_evt',
    'calibrate',
    'optimise_dsp',
    'find_decay_constant',
    'find_filter',
    'correct_trapping',
    'find_cuts',
    'find_pulses',
    'pulse_statistics',
  ])
  .meta({ id: 'ConfigurationKind' });
export type ConfigurationKind = z.infer<typeof configurationKind>;

/** A named configuration; its contents are versions that are never changed. */
export const configurationInfo = z
  .strictObject({
    id: z.uuid(),
    kind: configurationKind,
    name: z.string(),
    detector: slug.nullable(),
    description: z.string(),
    latest: z.number().int(),
    latestVersionId: z.uuid(),
    latestHash: z.string(),
    createdAt: moment,
    updatedAt: moment,
  })
  .meta({ id: 'ConfigurationInfo' });
export type ConfigurationInfo = z.infer<typeof configurationInfo>;

/** One version of a configuration. */
export const configurationVersion = z
  .strictObject({
    id: z.uuid(),
    configurationId: z.uuid(),
    version: z.number().int(),
    hash: z.string(),
    comment: z.string(),
    by: z.string(),
    createdAt: moment,
    content: jsonObject,
  })
  .meta({ id: 'ConfigurationVersion' });
export type ConfigurationVersion = z.infer<typeof configurationVersion>;

const configurationPath = z.strictObject({ id: z.uuid() });
const configurationName = z.string().min(1).max(64);

/** Versioned configurations. */
export const configurationEndpoints = {
  list: defineEndpoint({
    id: 'configurations.list',
    method: 'GET',
    path: '/configurations',
    role: 'viewer',
    summary: 'List configurations',
    query: z.strictObject({ kind: configurationKind.optional(), detector: slug.optional() }),
    response: z.array(configurationInfo),
  }),
  create: defineEndpoint({
    id: 'configurations.create',
    method: 'POST',
    path: '/configurations',
    role: 'expert',
    anyDetector: true,
    summary: 'Create a configuration with its first version',
    body: z.strictObject({
      kind: configurationKind,
      name: configurationName,
      detector: slug.nullable().default(null),
      description: z.string().max(1000).default(''),
      comment: z.string().max(1000).default(''),
      content: jsonObject,
    }),
    response: configurationInfo,
  }),
  get: defineEndpoint({
    id: 'configurations.get',
    method: 'GET',
    path: '/configurations/:id',
    role: 'viewer',
    summary: 'One configuration',
    params: configurationPath,
    response: configurationInfo,
  }),
  versions: defineEndpoint({
    id: 'configurations.versions',
    method: 'GET',
    path: '/configurations/:id/versions',
    role: 'viewer',
    summary: 'All versions, newest first',
    params: configurationPath,
    response: z.array(configurationVersion),
  }),
  addVersion: defineEndpoint({
    id: 'configurations.add-version',
    method: 'POST',
    path: '/configurations/:id/versions',
    role: 'expert',
    anyDetector: true,
    summary: 'Add a version; equal content gives the version that has it',
    params: configurationPath,
    body: z.strictObject({
      content: jsonObject,
      comment: z.string().max(1000).default(''),
      /** Version the change was made from; refused when another was added since. */ basedOn: z
        .number()
        .int()
        .optional(),
    }),
    response: configurationVersion,
  }),
  schema: defineEndpoint({
    id: 'configurations.schema',
    method: 'GET',
    path: '/configuration-schemas/:kind',
    role: 'viewer',
    summary: 'JSON Schema that a kind of configuration follows',
    params: z.strictObject({ kind: configurationKind }),
    response: jsonSchemaDocument,
  }),
  scopePreview: defineEndpoint({
    id: 'configurations.scope-preview',
    method: 'POST',
    path: '/configuration-previews/picoscope',
    role: 'viewer',
    readOnly: true,
    summary: 'What becomes of the settings of a PicoScope, with everything that is wrong; touches no device',
    body: scopePreviewRequest,
    response: scopePreview,
  }),
  scopeImport: defineEndpoint({
    id: 'configurations.scope-import',
    method: 'POST',
    path: '/configuration-imports/picoscope',
    role: 'viewer',
    readOnly: true,
    summary: 'Settings of a PicoScope out of a file of picoDAQ, picoCosmo or PhyPiDAQ; stores nothing',
    body: scopeImportRequest,
    response: scopeImport,
  }),
  setImport: defineEndpoint({
    id: 'configurations.set-import',
    method: 'POST',
    path: '/configuration-imports/set',
    role: 'viewer',
    readOnly: true,
    summary:
      'A whole set of settings files of picoDAQ, picoCosmo or PhyPiDAQ as the content of one configuration; stores nothing',
    body: settingsSetRequest,
    response: settingsSet,
  }),
};
