'use client';

import {
  type ConfigurationInfo,
  endpoints,
  pipelineDefinition,
  type StageInfo,
  type ValueSource,
} from '@countroom/contracts';
import { NativeSelect } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useApiClient } from '../../lib/api/api-provider';
import { shownError } from '../../lib/api/errors';
import { FaultNote } from '../../lib/ui/fault-note';
import { Row } from '../../lib/ui/layout';
import { choicesOf } from './pipeline-choices';
import type { StageChoices } from './stage-choice';

/** A stored pipeline fills in all stages at once; what it filled in can be changed. */
export function PipelineChoice({
  configurations,
  stages,
  detectors,
  chosen,
  onChoose,
}: {
  readonly configurations: readonly ConfigurationInfo[];
  readonly stages: readonly StageInfo[];
  readonly detectors: readonly string[];
  /** Id of the version, empty for none. */
  readonly chosen: string;
  readonly onChoose: (versionId: string, name: string, choices: StageChoices, values: ValueSource) => void;
}): ReactNode {
  const api = useApiClient();
  const [error, setError] = useState<unknown>(null);
  const stored = configurations.filter(
    ({ kind, detector }) => kind === 'pipeline' && (detector === null || detectors.includes(detector)),
  );
  const choose = async (versionId: string): Promise<void> => {
    const found = stored.find((one) => one.latestVersionId === versionId);
    if (found === undefined) {
      onChoose('', '', {}, 'approved');
      return;
    }
    try {
      setError(null);
      const versions = await api.call(endpoints.configurations.versions, { params: { id: found.id } });
      const version = versions.find(({ id }) => id === versionId);
      const definition = pipelineDefinition.parse(version?.content);
      const choices = choicesOf(definition, { stages, configurations, detectors });
      onChoose(versionId, found.name, choices, definition.parameters ?? 'approved');
    } catch (cause) {
      setError(cause);
    }
  };
  return (
    <Row>
      <NativeSelect
        label="Pipeline"
        description="Fills in the stages below"
        w={280}
        value={chosen}
        onChange={(event) => void choose(event.currentTarget.value)}
        data={[
          { value: '', label: 'None: choose the stages' },
          ...stored.map(({ name, latestVersionId }) => ({ value: latestVersionId, label: name })),
        ]}
      />
      <FaultNote failure={error === null ? undefined : shownError(error)} />
    </Row>
  );
}
