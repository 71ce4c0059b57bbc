'use client';

import { type BenchContent, type BenchInfo, endpoints } from '@countroom/contracts';
import { Checkbox, Modal, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { shownError } from '../../lib/api/errors';
import { useCommand } from '../../lib/api/use-command';
import { usePermission } from '../../lib/api/use-session';
import { DialogForm } from '../../lib/ui/dialog-form';

interface Props {
  readonly detector: string;
  readonly content: BenchContent;
  /** Those there are: a name that is taken is saved over. */
  readonly benches: readonly BenchInfo[];
  readonly open: BenchInfo | undefined;
  readonly onSaved: (bench: BenchInfo) => void;
  readonly onClose: () => void;
}

/** Under which name, and for whom, a bench is kept. */
export function SaveBench({ opened, ...props }: Props & { readonly opened: boolean }): ReactNode {
  return (
    <Modal opened={opened} onClose={props.onClose} title="Save bench">
      <SaveForm {...props} />
    </Modal>
  );
}

function SaveForm({ detector, content, benches, open, onSaved, onClose }: Props): ReactNode {
  const mayShare = usePermission('shifter', detector);
  const [name, setName] = useState(open?.name ?? '');
  const [shared, setShared] = useState(mayShare.allowed && open?.shared === true);
  const save = useCommand(endpoints.benches.save, {
    changes: [endpoints.benches.list],
    quiet: true,
    done: onSaved,
  });
  const same = benches.find((each) => each.name === name.trim() && each.shared === shared);
  return (
    <DialogForm
      about={`Keeps which instruments stand where and how they are set, for ${detector}.`}
      action={same === undefined ? 'Save bench' : `Save over ${same.name}`}
      reason={name.trim() === '' ? 'Give it a name first.' : null}
      failure={save.error === null ? null : shownError(save.error)}
      busy={save.isPending}
      onSubmit={() => save.mutate({ params: { detector }, body: { name: name.trim(), shared, content } })}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        value={name}
        maxLength={64}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox
        label={`Shared with everybody who sees ${detector}`}
        description={mayShare.allowed ? 'Otherwise it is yours alone' : mayShare.reason}
        disabled={!mayShare.allowed}
        checked={shared}
        onChange={(event) => setShared(event.currentTarget.checked)}
      />
    </DialogForm>
  );
}
