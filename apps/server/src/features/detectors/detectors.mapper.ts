import { type Detector, detector } from '@countroom/contracts';
import type { DetectorRow } from './detectors.repository.js';

export function toDetector(row: DetectorRow): Detector {
  const active = row.configurationVersion;
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    kind: detector.shape.kind.parse(row.kind),
    enabled: row.enabled,
    configuration:
      active === null
        ? null
        : {
            id: active.configuration.id,
            name: active.configuration.name,
            version: active.version,
            versionId: active.id,
          },
    createdAt: row.createdAt.toISOString(),
  };
}
