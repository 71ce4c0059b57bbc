'use client';

import { endpoints } from '@countroom/contracts';
import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useCommand } from '../../lib/api/use-command';
import { usePermission } from '../../lib/api/use-session';
import { ActionButton } from '../../lib/ui/action-button';
import classes from './log.module.css';

/** Writes a line into a run's log. */
export function LogInput({
  detector,
  run,
}: {
  readonly detector: string;
  readonly run: number | null;
}): ReactNode {
  const [text, setText] = useState('');
  const permission = usePermission('shifter', detector);
  const add = useCommand(endpoints.runs.addLog, {
    changes: [endpoints.runs.allLog, endpoints.runs.log],
    done: () => setText(''),
  });
  const reason = !permission.allowed
    ? permission.reason
    : run === null
      ? 'There is no run to write about yet. Start one first.'
      : null;
  const write = (): void => {
    if (reason !== null || run === null || text.trim() === '') return;
    add.mutate({ params: { detector, number: run }, body: { text: text.trim() } });
  };
  return (
    <form
      className={classes['input']}
      onSubmit={(event) => {
        event.preventDefault();
        write();
      }}
    >
      <TextInput
        aria-label="New line for the log"
        placeholder={run === null ? 'Log' : `Write about run ${run}`}
        value={text}
        maxLength={10_000}
        disabled={reason !== null}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ActionButton variant="default" reason={reason} loading={add.isPending} onClick={write}>
        Write
      </ActionButton>
    </form>
  );
}
