import type { LogEntry } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { RunLink } from '../../lib/run/run-link';
import { MomentText } from '../../lib/ui/moment-text';
import { type Mark, StatusMark } from '../../lib/ui/status-mark';
import classes from './log.module.css';

const marks: Readonly<Record<LogEntry['level'], Mark>> = {
  info: 'neutral',
  warning: 'warning',
  error: 'alarm',
};

/** Lines of a log, newest first. */
export function LogLines({
  entries,
  maxHeight,
  withDetector = false,
}: {
  readonly entries: readonly LogEntry[];
  readonly maxHeight?: string;
  readonly withDetector?: boolean;
}): ReactNode {
  return (
    <ol className={classes['lines']} style={{ maxHeight }} tabIndex={0} aria-label="Log, newest first">
      {entries.map((entry) => (
        <li key={entry.id} data-origin={entry.origin}>
          <span className={classes['when']}>
            <MomentText at={entry.at} />
          </span>
          <span className={classes['who']}>
            {entry.level === 'info' ? (
              entry.author
            ) : (
              <StatusMark mark={marks[entry.level]}>{entry.author}</StatusMark>
            )}
          </span>
          <span className={classes['where']}>
            {withDetector && entry.run === null ? entry.detector : null}
            {entry.run === null ? null : (
              <RunLink detector={entry.detector} run={entry.run} short={!withDetector} />
            )}
          </span>
          <span className={classes['text']}>{entry.text}</span>
        </li>
      ))}
    </ol>
  );
}
