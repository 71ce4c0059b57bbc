import {
  type ConfigurationInfo,
  type ConfigurationVersion,
  configurationKind,
  jsonObject,
} from '@countroom/contracts';
import type { ConfigurationRow, VersionRow } from './configurations.repository.js';

export function toConfiguration(row: ConfigurationRow): ConfigurationInfo {
  const [latest] = row.versions;
  if (latest === undefined) throw new Error(`configuration ${row.id} has no version`);
  return {
    id: row.id,
    kind: configurationKind.parse(row.kind),
    name: row.name,
    detector: row.detector?.name ?? null,
    description: row.description,
    latest: latest.version,
    latestVersionId: latest.id,
    latestHash: latest.hash,
    createdAt: row.createdAt.toISOString(),
    updatedAt: latest.createdAt.toISOString(),
  };
}

export function toVersion(row: VersionRow): ConfigurationVersion {
  return {
    id: row.id,
    configurationId: row.configurationId,
    version: row.version,
    hash: row.hash,
    comment: row.comment,
    by: row.author,
    createdAt: row.createdAt.toISOString(),
    content: jsonObject.parse(row.content),
  };
}
