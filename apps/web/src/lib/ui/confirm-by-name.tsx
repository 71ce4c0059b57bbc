'use client';

import { Modal, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DialogForm } from './dialog-form';

interface Question {
  /** What has to be typed. */
  readonly name: string;
  /** What will happen. */
  readonly children: ReactNode;
  /** The verb on the button. */
  readonly action: string;
  readonly withReason?: boolean;
  readonly onConfirm: (reason: string) => void;
  readonly onClose: () => void;
}

/** Asks before what cannot be undone: the name of the object has to be typed. */
export function ConfirmByName({
  opened,
  title,
  ...question
}: Question & { readonly opened: boolean; readonly title: string }): ReactNode {
  return (
    <Modal opened={opened} onClose={question.onClose} title={title}>
      <ConfirmForm {...question} />
    </Modal>
  );
}

function ConfirmForm({
  name,
  children,
  action,
  withReason = false,
  onConfirm,
  onClose,
}: Question): ReactNode {
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  return (
    <DialogForm
      about={children}
      action={action}
      danger
      reason={typed === name ? null : `Type ${name} first.`}
      onSubmit={() => {
        onConfirm(reason);
        onClose();
      }}
      onClose={onClose}
    >
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
    </DialogForm>
  );
}
