'use client';

import { endpoints, type Grant } from '@countroom/contracts';
import { Button, CopyButton, Group, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { useCommand } from '../../lib/api/use-command';
import { DialogForm } from '../../lib/ui/dialog-form';
import { GrantsField } from './grants-field';

/** Makes a token and shows its secret, once. */
export function TokenDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <Modal opened={opened} onClose={onClose} title="Make API token">
      <TokenForm onClose={onClose} />
    </Modal>
  );
}

function TokenForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [name, setName] = useState('');
  const [days, setDays] = useState(90);
  const [grants, setGrants] = useState<readonly Grant[]>([{ role: 'viewer', detector: null }]);
  const make = useCommand(endpoints.auth.createToken, { quiet: true, changes: [endpoints.auth.listTokens] });
  const fault = make.error === null ? null : shownError(make.error);
  if (make.data !== undefined) {
    const { secret } = make.data;
    return (
      <Stack gap="sm">
        <Text size="sm">Copy the secret now: it is shown only here, only once.</Text>
        <TextInput label="Secret" readOnly value={secret} className="mono" />
        <Text size="sm" c="dimmed">
          Send it in the header <span className="mono">Authorization: Bearer …</span>
        </Text>
        <Group justify="flex-end" gap="xs">
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? 'Copied' : 'Copy secret'}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <DialogForm
      action="Make token"
      failure={fault}
      busy={make.isPending}
      onSubmit={() => {
        make.mutate({ body: { name, days, grants: [...grants] } });
      }}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="What uses it"
        required
        data-autofocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NumberInput
        label="Days until it expires"
        min={1}
        max={730}
        allowDecimal={false}
        hideControls
        value={days}
        onChange={(value) => setDays(Number(value))}
      />
      <GrantsField grants={grants} onChange={setGrants} />
    </DialogForm>
  );
}
