'use client';

import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';

/** Asks before what cannot be undone: the name of the object has to be typed. */
export function ConfirmByName({
  opened,
  title,
  name,
  children,
  action,
  withReason = false,
  busy = false,
  onConfirm,
  onClose,
}: {
  readonly opened: boolean;
  readonly title: string;
  /** What has to be typed. */
  readonly name: string;
  /** What will happen. */
  readonly children: ReactNode;
  /** The verb on the button. */
  readonly action: string;
  readonly withReason?: boolean;
  readonly busy?: boolean;
  readonly onConfirm: (reason: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const close = (): void => {
    setTyped('');
    setReason('');
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== name) return;
          onConfirm(reason);
          close();
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{children}</Text>
          {withReason ? (
            <Textarea
              label="Reason"
              description="Kept in the log"
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              maxLength={1000}
            />
          ) : null}
          <TextInput
            label={`Type ${name} to confirm`}
            value={typed}
            autoComplete="off"
            data-autofocus
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              Keep
            </Button>
            <Button type="submit" color="alarm" disabled={typed !== name} loading={busy}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
