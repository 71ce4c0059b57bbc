'use client';

import { endpoints } from '@countroom/contracts';
import { Modal, PasswordInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { useCommand } from '../../lib/api/use-command';
import { DialogForm } from '../../lib/ui/dialog-form';

/** Changes one's own password. */
export function PasswordDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <Modal opened={opened} onClose={onClose} title="Change password">
      <PasswordForm onClose={onClose} />
    </Modal>
  );
}

function PasswordForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useCommand(endpoints.auth.changePassword, {
    quiet: true,
    says: () => 'Password changed.',
    done: onClose,
  });
  return (
    <DialogForm
      action="Change password"
      failure={change.error === null ? null : shownError(change.error)}
      busy={change.isPending}
      onSubmit={() => change.mutate({ body: { current, next } })}
      onClose={onClose}
    >
      <PasswordInput
        label="Password now"
        autoComplete="current-password"
        required
        data-autofocus
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
    </DialogForm>
  );
}
