import { type DatasetInfo, datasetInfo } from '@countroom/contracts';
import { z } from 'zod';
import type { DatasetRow } from './runs.repository.js';

const json = z.json();

export function toDataset(row: DatasetRow, run: { detector: string; number: number }): DatasetInfo {
  return {
    id: row.id,
    detector: run.detector,
    run: run.number,
    dataKind: row.dataKind,
    lineageHash: row.lineageHash,
    lineage: json.parse(row.lineage),
    store: row.store.name,
    path: row.path,
    format: datasetInfo.shape.format.parse(row.format),
    rows: row.rows?.toString() ?? null,
    bytes: row.bytes.toString(),
    checksum: row.checksum,
    createdAt: row.createdAt.toISOString(),
    jobId: row.jobId,
    report: row.report === null ? null : json.parse(row.report),
  };
}
