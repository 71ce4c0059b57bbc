'use client';

import { endpoints } from '@countroom/contracts';
import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { useCommand } from '../../lib/api/use-command';
import { IssueList } from '../../lib/ui/issue-list';

/** Changes one's own password. */
export function PasswordDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useCommand(endpoints.auth.changePassword, {
    quiet: true,
    says: () => 'Password changed.',
    done: () => {
      setCurrent('');
      setNext('');
      onClose();
    },
  });
  const fault = change.error === null ? null : shownError(change.error);
  return (
    <Modal opened={opened} onClose={onClose} title="Change password">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ body: { current, next } });
        }}
      >
        <Stack gap="sm">
          {fault === null ? null : <IssueList title={fault.message} issues={fault.issues} />}
          <PasswordInput
            label="Password now"
            autoComplete="current-password"
            required
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label="New password"
            description="At least 10 characters"
            autoComplete="new-password"
            required
            minLength={10}
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Keep
            </Button>
            <Button type="submit" loading={change.isPending}>
              Change password
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
