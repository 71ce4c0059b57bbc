'use client';

import {
  type ConfigurationInfo,
  type ConfigurationVersion,
  type Detector,
  endpoints,
} from '@countroom/contracts';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../lib/api/use-api';
import { useCommand } from '../../lib/api/use-command';
import { usePermission } from '../../lib/api/use-session';
import { DetectorSelect } from '../../lib/run/detector-select';
import { QueryView } from '../../lib/states/query-view';
import { ActionButton } from '../../lib/ui/action-button';
import classes from './configurations.module.css';

/** Makes a version the one that the next run of a detector is taken with. */
export function ActivateVersion({
  configuration,
  version,
}: {
  readonly configuration: ConfigurationInfo;
  readonly version: ConfigurationVersion;
}): ReactNode {
  const [chosen, setChosen] = useState(configuration.detector ?? '');
  const detectors = useApi(endpoints.detectors.list, {});
  return (
    <QueryView query={detectors}>
      {(list) => (
        <div className={classes['use']}>
          {configuration.detector === null ? (
            <DetectorSelect label="Use for detector" all="Choose one" value={chosen} onChange={setChosen} />
          ) : null}
          <UseButton detector={list.find(({ name }) => name === chosen)} version={version} />
        </div>
      )}
    </QueryView>
  );
}

function UseButton({
  detector,
  version,
}: {
  readonly detector: Detector | undefined;
  readonly version: ConfigurationVersion;
}): ReactNode {
  const permission = usePermission('expert', detector?.name);
  const use = useCommand(endpoints.detectors.update, {
    changes: [endpoints.detectors.list, endpoints.detectors.status],
    says: (changed) => `The next run of ${changed.name} is taken with version ${version.version}.`,
  });
  const active = detector?.configuration?.versionId === version.id;
  const reason =
    detector === undefined
      ? 'Choose a detector first.'
      : active
        ? `${detector.name} uses this version.`
        : permission.allowed
          ? null
          : permission.reason;
  return (
    <ActionButton
      variant="default"
      reason={reason}
      loading={use.isPending}
      onClick={() => {
        if (detector !== undefined)
          use.mutate({ params: { detector: detector.name }, body: { configurationVersionId: version.id } });
      }}
    >
      Use version {version.version}
    </ActionButton>
  );
}
