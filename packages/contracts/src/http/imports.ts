import { z } from 'zod';
import { int64Text } from '../codec/int64.js';
import { moment, runNumber, runNumberQuery, slug } from './common.js';
import { datasetInfo } from './dataset-info.js';
import { defineEndpoint } from './endpoint.js';
import { recordingSummary } from './recordings.js';

/** A file that waits in the server's import folder. */
export const importFile = z
  .strictObject({ path: z.string(), bytes: int64Text, modifiedAt: moment, format: z.string().nullable() })
  .meta({ id: 'ImportFile' });
export type ImportFile = z.infer<typeof importFile>;

/** Result of an import: a new run whose only dataset is the file, or one more dataset of the run that was named. */
export const importResult = z
  .strictObject({
    dataset: datasetInfo,
    detector: slug,
    run: z.number().int(),
    format: z.string(),
    bytes: int64Text,
    sha256: z.string(),
    /** True when the same bytes were imported before: then that run is named. */ known: z.boolean(),
  })
  .meta({ id: 'ImportResult' });
export type ImportResult = z.infer<typeof importResult>;

const fileName = z.string().min(1).max(255);

/** Files that come in as runs of their own. */
export const importEndpoints = {
  importFolder: defineEndpoint({
    id: 'data.import-folder',
    method: 'GET',
    path: '/imports/folder',
    role: 'shifter',
    anyDetector: true,
    summary: "Files in the server's import folder",
    response: z.strictObject({ folder: z.string(), files: z.array(importFile) }),
  }),
  folderRecording: defineEndpoint({
    id: 'data.folder-recording',
    method: 'GET',
    path: '/imports/folder/recording',
    role: 'shifter',
    anyDetector: true,
    summary: 'What a recording of the import folder is and holds, by its first part',
    query: z.strictObject({ path: z.string().min(1).max(1000) }),
    response: recordingSummary,
  }),
  importFromFolder: defineEndpoint({
    id: 'data.import-from-folder',
    method: 'POST',
    path: '/imports/from-folder',
    role: 'shifter',
    anyDetector: true,
    summary: 'Import a file of the import folder as a new run, or into an imported one',
    body: z.strictObject({
      path: z.string().min(1).max(1000),
      detector: slug.default('imported'),
      /** An imported run that the file belongs to: the next tier of a production. Without it a new one is made. */
      run: runNumber.optional(),
      comment: z.string().max(4000).default(''),
    }),
    response: importResult,
  }),
  upload: defineEndpoint({
    id: 'data.upload',
    method: 'PUT',
    path: '/imports/upload',
    role: 'shifter',
    anyDetector: true,
    summary: 'Import a file by sending its bytes as the body',
    query: z.strictObject({
      name: fileName,
      detector: slug.default('imported'),
      run: runNumberQuery.optional(),
      comment: z.string().max(4000).default(''),
    }),
    bodyKind: 'stream',
    response: importResult,
  }),
};
