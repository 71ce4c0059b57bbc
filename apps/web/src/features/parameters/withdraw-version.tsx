'use client';

import { endpoints, type ParameterVersion } from '@countroom/contracts';
import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useCommand } from '../../lib/api/use-command';
import { usePermission } from '../../lib/api/use-session';
import { ActionButton } from '../../lib/ui/action-button';
import { Row } from '../../lib/ui/layout';

/** Proposes a version that takes an approved one away, where and for what it holds; what it changes is looked at before. */
export function WithdrawVersion({
  version,
  onShow,
}: {
  readonly version: ParameterVersion;
  readonly onShow: (version: number) => void;
}): ReactNode {
  const [note, setNote] = useState('');
  const permission = usePermission('shifter', version.detector ?? undefined);
  const add = useCommand(endpoints.parameters.add, {
    changes: [endpoints.parameters.versions, endpoints.parameters.sets],
    done: (added) => onShow(added.version),
  });
  const { set, detector, document, validFrom, firstRun, lastRun, category } = version;
  const why = note.trim() === '' ? 'Say why.' : null;
  return (
    <Row>
      <TextInput label="Why" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      <ActionButton
        variant="default"
        reason={permission.allowed ? why : permission.reason}
        loading={add.isPending}
        onClick={() =>
          add.mutate({
            body: {
              set,
              detector,
              mode: 'remove',
              targets: [document],
              validFrom,
              firstRun,
              lastRun,
              category,
              note,
            },
          })
        }
      >
        Propose to withdraw
      </ActionButton>
    </Row>
  );
}
