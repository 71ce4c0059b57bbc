'use client';

import { endpoints, type Grant, type User } from '@countroom/contracts';
import { Modal, PasswordInput, Switch, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { useCommand } from '../../lib/api/use-command';
import { DialogForm } from '../../lib/ui/dialog-form';
import { GrantsField } from './grants-field';

/** Adds a user, or changes one. */
export function UserDialog({
  editing,
  onClose,
}: {
  readonly editing: User | 'new' | null;
  readonly onClose: () => void;
}): ReactNode {
  const title = editing === null ? '' : editing === 'new' ? 'Add user' : `User ${editing.name}`;
  return (
    <Modal opened={editing !== null} onClose={onClose} title={title}>
      {editing === null ? null : <UserForm user={editing === 'new' ? null : editing} onClose={onClose} />}
    </Modal>
  );
}

function UserForm({
  user,
  onClose,
}: {
  readonly user: User | null;
  readonly onClose: () => void;
}): ReactNode {
  const [name, setName] = useState(user?.name ?? '');
  const [fullName, setFullName] = useState(user?.fullName ?? '');
  const [password, setPassword] = useState('');
  const [disabled, setDisabled] = useState(user?.disabled ?? false);
  const [grants, setGrants] = useState<readonly Grant[]>(
    user?.grants ?? [{ role: 'shifter', detector: null }],
  );
  const options = { quiet: true, changes: [endpoints.auth.listUsers, endpoints.auth.session], done: onClose };
  const create = useCommand(endpoints.auth.createUser, options);
  const update = useCommand(endpoints.auth.updateUser, options);
  const error = create.error ?? update.error;
  const fault = error === null ? null : shownError(error);
  return (
    <DialogForm
      action={user === null ? 'Add user' : 'Save'}
      failure={fault}
      busy={create.isPending || update.isPending}
      onSubmit={() => {
        if (user === null) {
          create.mutate({ body: { name, fullName, password, grants: [...grants] } });
        } else {
          update.mutate({
            params: { id: user.id },
            body: { fullName, disabled, grants: [...grants], ...(password === '' ? {} : { password }) },
          });
        }
      }}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="For signing in; letters, digits, . _ -"
        required
        disabled={user !== null}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="Full name"
        value={fullName}
        onChange={(event) => setFullName(event.currentTarget.value)}
      />
      <PasswordInput
        label={user === null ? 'Password' : 'New password'}
        description={user === null ? 'At least 10 characters' : 'Empty: stays as it is'}
        autoComplete="new-password"
        required={user === null}
        minLength={10}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <GrantsField grants={grants} onChange={setGrants} />
      {user === null ? null : (
        <Switch
          label="Disabled: may not sign in, sessions end"
          checked={disabled}
          onChange={(event) => setDisabled(event.currentTarget.checked)}
        />
      )}
    </DialogForm>
  );
}
