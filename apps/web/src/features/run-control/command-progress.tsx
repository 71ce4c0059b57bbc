'use client';

import type { CommandEvent } from '@countroom/contracts';
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { shownError } from '../../lib/api/errors';
import { IssueList } from '../../lib/ui/issue-list';
import { MomentText } from '../../lib/ui/moment-text';
import { type Mark, StatusMark } from '../../lib/ui/status-mark';
import classes from './run-control.module.css';
import { isFinished, type RunCommands } from './use-run-command';

const marks: Readonly<Record<CommandEvent['kind'], Mark>> = {
  acknowledged: 'neutral',
  progress: 'neutral',
  completed: 'ok',
  failed: 'alarm',
  refused: 'warning',
};

/** What became of the last command sent from this page: acknowledged first, then its results. */
export function CommandProgress({
  commands,
}: {
  readonly commands: Pick<RunCommands, 'current' | 'error' | 'forget'>;
}): ReactNode {
  const { current, error } = commands;
  if (error === null && current === null) return null;
  const fault = error === null ? null : shownError(error);
  return (
    <div className={classes['progress']} role="log" aria-label="Last command">
      {fault === null ? null : (
        <IssueList
          title={fault.message}
          issues={fault.issues.length === 0 ? [{ path: '', message: fault.code }] : fault.issues}
        />
      )}
      {current === null ? null : (
        <ol>
          {current.events.map((event) => (
            <li key={event.sequence}>
              <MomentText at={event.at} timeOnly />{' '}
              <StatusMark mark={marks[event.kind]}>{event.kind}</StatusMark>
              {event.message === '' ? '' : `: ${event.message}`}
            </li>
          ))}
          {isFinished(current) ? null : <li className="dim">waiting for {current.command}…</li>}
        </ol>
      )}
      <ActionIcon aria-label="Close" onClick={commands.forget} className={classes['close']}>
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </div>
  );
}
