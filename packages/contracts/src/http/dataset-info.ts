import { z } from 'zod';
import { int64Text } from '../codec/int64.js';
import { moment, slug } from './common.js';

/** A stored result: what it is (run, data kind, lineage) and where (store, relative path). */
export const datasetInfo = z
  .strictObject({
    id: z.uuid(),
    detector: slug,
    run: z.number().int(),
    dataKind: z.string(),
    lineageHash: z.string(),
    lineage: z.json(),
    store: z.string(),
    path: z.string(),
    /**
     * `hdf5`: a file that is not LH5; `daq`: a recording as its device made it; `text` and `picture` (SVG, PNG): what a consumer
     * wrote during the run.
     */
    format: z.enum(['lh5', 'hdf5', 'daq', 'text', 'picture']),
    rows: int64Text.nullable(),
    bytes: int64Text,
    /** SHA-256. Null while the file still grows: `bytes` are those of a moment ago then. */
    checksum: z.string().nullable(),
    createdAt: moment,
    jobId: z.uuid().nullable(),
    /** Facts of the file found while making it: integrity report and the like. */
    report: z.json().nullable(),
  })
  .meta({ id: 'DatasetInfo' });
export type DatasetInfo = z.infer<typeof datasetInfo>;
