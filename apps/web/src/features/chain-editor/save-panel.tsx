'use client';

import { type ConfigurationInfo, type ConfigurationVersion, endpoints } from '@countroom/contracts';
import { NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { useCommand } from '../../lib/api/use-command';
import { usePermission } from '../../lib/api/use-session';
import type { Json } from '../../lib/form/schema-node';
import { ActionButton } from '../../lib/ui/action-button';
import { FaultNote } from '../../lib/ui/fault-note';
import { Row, Stacked } from '../../lib/ui/layout';
import { ChangeList } from '../configurations/change-list';
import { jsonDiff } from '../configurations/json-diff';
import { asContent } from '../configurations/new-configuration';

const changes = [
  endpoints.configurations.list,
  endpoints.configurations.get,
  endpoints.configurations.versions,
];

/** What was changed, and its keeping as a new version. */
export function SavePanel({
  configuration,
  versions,
  content,
  from,
  blocked,
  onSaved,
}: {
  readonly configuration: ConfigurationInfo;
  readonly versions: readonly ConfigurationVersion[];
  readonly content: Json;
  /** The version that was opened. */
  readonly from: ConfigurationVersion;
  /** Why what is written cannot be kept; null when it can. */
  readonly blocked: string | null;
  readonly onSaved: (version: ConfigurationVersion) => void;
}): ReactNode {
  const [comment, setComment] = useState('');
  const [against, setAgainst] = useState(from.version);
  const permission = usePermission('expert');
  const add = useCommand(endpoints.configurations.addVersion, {
    changes,
    quiet: true,
    done: (version) => {
      setComment('');
      setAgainst(version.version);
      onSaved(version);
    },
  });
  const other = versions.find(({ version }) => version === against) ?? from;
  const same = jsonDiff(from.content, content).length === 0;
  const reason = permission.allowed
    ? (blocked ?? (same ? 'Nothing is changed yet.' : null))
    : permission.reason;
  return (
    <Stacked>
      <Row>
        <NativeSelect
          label="Compare with"
          value={String(other.version)}
          onChange={(event) => setAgainst(Number(event.currentTarget.value))}
          data={versions.map(({ version, comment: note }) => ({
            value: String(version),
            label: `Version ${version}${note === '' ? '' : `: ${note}`}`,
          }))}
        />
      </Row>
      <ChangeList label="Changes" before={other.content} after={content} />
      <TextInput
        label="Why"
        description="Kept with the version"
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <FaultNote failure={add.error === null ? undefined : shownError(add.error)} />
      <ActionButton
        reason={reason}
        loading={add.isPending}
        onClick={() =>
          add.mutate({
            params: { id: configuration.id },
            body: { content: asContent(content), comment, basedOn: configuration.latest },
          })
        }
      >
        Save as new version
      </ActionButton>
    </Stacked>
  );
}
