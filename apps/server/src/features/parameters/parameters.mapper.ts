import {
  jsonObject,
  type ParameterSetInfo,
  type ParameterVersion,
  parameterMode,
  parameterStatus,
} from '@countroom/contracts';
import type { ParameterEntry } from '@countroom/parameters';
import type { SetRow, VersionRow } from './parameters.repository.js';

export function toSet(row: SetRow, versions: readonly VersionRow[]): ParameterSetInfo {
  const approved = versions.filter(({ status }) => status === 'approved');
  return {
    id: row.id,
    name: row.name,
    detector: row.detector?.name ?? null,
    description: row.description,
    createdAt: row.createdAt.toISOString(),
    versions: versions.length,
    proposed: versions.filter(({ status }) => status === 'proposed').length,
    channels: [...new Set(approved.flatMap(({ content }) => Object.keys(content as object)))].sort(),
  };
}

export function toVersion(row: VersionRow): ParameterVersion {
  return {
    id: row.id,
    setId: row.setId,
    set: row.set.name,
    detector: row.set.detector?.name ?? null,
    version: row.version,
    document: row.document,
    hash: row.hash,
    content: jsonObject.parse(row.content),
    mode: parameterMode.parse(row.mode),
    targets: row.targets,
    validFrom: row.validFrom.toISOString(),
    validTo: row.validTo?.toISOString() ?? null,
    firstRun: row.firstRun,
    lastRun: row.lastRun,
    category: row.category,
    status: parameterStatus.parse(row.status),
    note: row.note,
    by: row.author,
    createdAt: row.createdAt.toISOString(),
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decisionNote: row.decisionNote,
    jobId: row.jobId,
    datasetIds: row.datasetIds,
  };
}

/** A version as the rules of validity see it. */
export interface StoredEntry extends ParameterEntry {
  readonly id: string;
  readonly setId: string;
  readonly detector: string | null;
}

export function toEntry(row: VersionRow): StoredEntry {
  return {
    id: row.id,
    setId: row.setId,
    detector: row.set.detector?.name ?? null,
    version: row.version,
    document: row.document,
    content: jsonObject.parse(row.content),
    mode: parameterMode.parse(row.mode),
    targets: row.targets,
    category: row.category,
    validFrom: row.validFrom.getTime(),
    validTo: row.validTo?.getTime() ?? null,
    firstRun: row.firstRun,
    lastRun: row.lastRun,
  };
}
