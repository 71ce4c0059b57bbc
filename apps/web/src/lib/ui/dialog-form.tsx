'use client';

import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ShownError } from '../api/errors';
import { ActionButton } from './action-button';
import { IssueList } from './issue-list';

/** What stands in a dialog: fields, why they were not taken, a way out and the one thing to do. Its state lives in
 * its owner, which a closed dialog does not keep. */
export function DialogForm({
  about,
  children,
  failure,
  action,
  reason = null,
  danger = false,
  busy = false,
  onSubmit,
  onClose,
}: {
  /** What will happen. */
  readonly about?: ReactNode;
  readonly children?: ReactNode;
  /** Why the server did not take it. */
  readonly failure?: ShownError | null;
  /** The verb on the button. */
  readonly action: string;
  /** Why it cannot be sent yet; null when it can. */
  readonly reason?: string | null;
  /** What it does cannot be undone. */
  readonly danger?: boolean;
  readonly busy?: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason === null) onSubmit();
      }}
    >
      <Stack gap="sm">
        {about === undefined ? null : <div>{about}</div>}
        {failure === null || failure === undefined ? null : (
          <IssueList
            title={failure.message}
            issues={failure.issues.length === 0 ? [{ path: '', message: failure.code }] : failure.issues}
          />
        )}
        {children}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Leave it as it is
          </Button>
          <ActionButton type="submit" reason={reason} loading={busy} {...(danger ? { color: 'alarm' } : {})}>
            {action}
          </ActionButton>
        </Group>
      </Stack>
    </form>
  );
}
