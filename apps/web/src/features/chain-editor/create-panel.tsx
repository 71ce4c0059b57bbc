'use client';

import { type ConfigurationInfo, endpoints } from '@countroom/contracts';
import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { useCommand } from '../../lib/api/use-command';
import { usePermission } from '../../lib/api/use-session';
import type { Json } from '../../lib/form/schema-node';
import { DetectorSelect } from '../../lib/run/detector-select';
import { ActionButton } from '../../lib/ui/action-button';
import { FaultNote } from '../../lib/ui/fault-note';
import { Fields, Stacked } from '../../lib/ui/layout';
import { asContent } from '../configurations/new-configuration';

/** Keeps a chain that has no configuration yet. */
export function CreatePanel({
  content,
  blocked,
  onMade,
}: {
  readonly content: Json;
  readonly blocked: string | null;
  readonly onMade: (made: ConfigurationInfo) => void;
}): ReactNode {
  const [name, setName] = useState('');
  const [detector, setDetector] = useState('');
  const [description, setDescription] = useState('');
  const permission = usePermission('expert');
  const create = useCommand(endpoints.configurations.create, {
    changes: [endpoints.configurations.list],
    quiet: true,
    done: onMade,
  });
  const missing = name.trim() === '' ? 'Give it a name first.' : null;
  return (
    <Stacked>
      <Fields>
        <TextInput
          label="Name"
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <DetectorSelect label="Only for detector" value={detector} onChange={setDetector} />
        <TextInput
          label="Description"
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
      </Fields>
      <FaultNote failure={create.error === null ? undefined : shownError(create.error)} />
      <ActionButton
        reason={permission.allowed ? (blocked ?? missing) : permission.reason}
        loading={create.isPending}
        onClick={() =>
          create.mutate({
            body: {
              kind: 'raw_to_dsp',
              name: name.trim(),
              detector: detector === '' ? null : detector,
              description,
              content: asContent(content),
            },
          })
        }
      >
        Create configuration
      </ActionButton>
    </Stacked>
  );
}
