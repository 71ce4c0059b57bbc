'use client';

import type { RunCommandName } from '@countroom/contracts';
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerStopFilled,
  IconPlugConnected,
  IconX,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ActionButton } from '../../lib/ui/action-button';
import classes from './run-control.module.css';

interface Entry {
  readonly command: RunCommandName;
  readonly label: string;
  readonly icon: typeof IconX;
  readonly variant: 'filled' | 'default' | 'outline';
  readonly color?: string;
}

const startRow: readonly Entry[] = [
  { command: 'start', label: 'Start run', icon: IconPlayerPlayFilled, variant: 'filled' },
  { command: 'prepare', label: 'Prepare', icon: IconPlugConnected, variant: 'default' },
  { command: 'begin', label: 'Begin', icon: IconPlayerPlayFilled, variant: 'default' },
];
const pause: Entry = { command: 'pause', label: 'Pause', icon: IconPlayerPauseFilled, variant: 'default' };
const resume: Entry = { command: 'resume', label: 'Resume', icon: IconPlayerPlayFilled, variant: 'filled' };
const endRow: readonly Entry[] = [
  { command: 'end', label: 'End run', icon: IconPlayerStopFilled, variant: 'filled' },
  { command: 'abort', label: 'Abort…', icon: IconX, variant: 'outline', color: 'alarm' },
];

/** The commands that make sense in this state; what cannot be done now says why beside it. */
export function CommandRow({
  reasonOf,
  busy,
  running,
  paused,
  onPress,
}: {
  readonly reasonOf: (command: RunCommandName) => string | null;
  readonly busy: boolean;
  readonly running: boolean;
  readonly paused: boolean;
  readonly onPress: (command: RunCommandName) => void;
}): ReactNode {
  const entries = running
    ? [paused ? resume : pause, ...endRow]
    : [...startRow, ...endRow.filter((entry) => reasonOf(entry.command) === null)];
  const reasons = entries.map((entry) => reasonOf(entry.command));
  // One reason for all is said once.
  const common = reasons.every((reason) => reason !== null && reason === reasons[0]) ? reasons[0] : null;
  return (
    <div className={classes['commands']} role="group" aria-label="Run commands">
      {entries.map((entry, index) => (
        <ActionButton
          key={entry.command}
          size="sm"
          variant={entry.variant}
          {...(entry.color === undefined ? {} : { color: entry.color })}
          leftSection={<entry.icon size={16} aria-hidden />}
          reason={busy ? 'A command is under way.' : (reasons[index] ?? null)}
          quiet={busy || common !== null}
          onClick={() => onPress(entry.command)}
        >
          {entry.label}
        </ActionButton>
      ))}
      {common === null || busy ? null : <p className={classes['why']}>{common}</p>}
    </div>
  );
}
