'use client';

import { Modal, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DialogForm } from '../../lib/ui/dialog-form';

interface FieldWords {
  readonly label: string;
  readonly description?: string;
  readonly required: boolean;
}

interface Question {
  readonly action: string;
  /** A line; left out where nothing but the note is asked for. */
  readonly first?: FieldWords;
  readonly second: FieldWords;
  readonly onSubmit: (first: string, second: string) => void;
  readonly onClose: () => void;
}

/** Asks for what goes with a change of the baton. */
export function BatonDialog({
  opened,
  title,
  ...question
}: Question & { readonly opened: boolean; readonly title: string }): ReactNode {
  return (
    <Modal opened={opened} onClose={question.onClose} title={title}>
      <BatonForm {...question} />
    </Modal>
  );
}

function BatonForm({ action, first, second, onSubmit, onClose }: Question): ReactNode {
  const [one, setOne] = useState('');
  const [two, setTwo] = useState('');
  return (
    <DialogForm
      about="Everybody sees who has the baton; it is kept in the log."
      action={action}
      onSubmit={() => {
        onSubmit(one, two);
        onClose();
      }}
      onClose={onClose}
    >
      {first === undefined ? null : (
        <TextInput
          {...first}
          value={one}
          data-autofocus
          onChange={(event) => setOne(event.currentTarget.value)}
        />
      )}
      <Textarea
        {...second}
        value={two}
        maxLength={500}
        onChange={(event) => setTwo(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
