'use client';

import { endpoints, type ParameterVersion } from '@countroom/contracts';
import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useCommand } from '../../lib/api/use-command';
import { usePermission } from '../../lib/api/use-session';
import { ActionButton } from '../../lib/ui/action-button';
import { Row } from '../../lib/ui/layout';

/** Approve or reject, with a word why. */
export function DecideVersion({ version }: { readonly version: ParameterVersion }): ReactNode {
  const [note, setNote] = useState('');
  const permission = usePermission('expert', version.detector ?? undefined);
  const changes = [endpoints.parameters.versions, endpoints.parameters.sets, endpoints.parameters.history];
  const approve = useCommand(endpoints.parameters.approve, { changes });
  const reject = useCommand(endpoints.parameters.reject, { changes });
  const reason = permission.allowed ? null : permission.reason;
  const call = { params: { id: version.id }, body: { note } };
  return (
    <Row>
      <TextInput label="Why" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      <ActionButton reason={reason} loading={approve.isPending} onClick={() => approve.mutate(call)}>
        Approve
      </ActionButton>
      <ActionButton
        variant="default"
        reason={reason}
        quiet
        loading={reject.isPending}
        onClick={() => reject.mutate(call)}
      >
        Reject
      </ActionButton>
    </Row>
  );
}
