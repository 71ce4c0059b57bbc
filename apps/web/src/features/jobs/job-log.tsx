'use client';

import type { JobLogLine } from '@countroom/contracts';
import { type ReactNode, useEffect, useRef } from 'react';
import { ErrorState } from '../../lib/states/error-state';
import { LoadingState } from '../../lib/states/loading-state';
import { MomentText } from '../../lib/ui/moment-text';
import { type Mark, StatusMark } from '../../lib/ui/status-mark';
import classes from './jobs.module.css';
import { byAttempt } from './log-lines';
import { useJobLog } from './use-job-log';

const marks: Readonly<Record<JobLogLine['level'], Mark>> = {
  debug: 'neutral',
  info: 'neutral',
  warning: 'warning',
  error: 'alarm',
};
/** Closer to the end than this, the reader follows; further up, new lines do not pull the page away. */
const followPixels = 40;

/** What a job said, oldest first; follows the end while the reader is there. */
export function JobLog({ job, over }: { readonly job: string; readonly over: boolean }): ReactNode {
  const { lines, pending, error, retry } = useJobLog(job);
  const list = useRef<HTMLOListElement>(null);
  const following = useRef(true);
  useEffect(() => {
    const element = list.current;
    if (element !== null && following.current) element.scrollTop = element.scrollHeight;
  }, [lines]);
  if (lines.length === 0) {
    if (pending) return <LoadingState lines={4} />;
    if (error !== null) return <ErrorState error={error} retry={retry} />;
    return (
      <p className="dim">
        {over ? 'It left no log.' : 'No line yet. They come as soon as a worker takes the job.'}
      </p>
    );
  }
  const attempts = byAttempt(lines);
  return (
    <>
      <ol
        ref={list}
        className={classes['log']}
        tabIndex={0}
        aria-label="Log of the job, oldest first"
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
          following.current = scrollHeight - scrollTop - clientHeight < followPixels;
        }}
      >
        {attempts.map((group) => [
          attempts.length === 1 ? null : (
            <li key={`attempt ${group.attempt} ${group.lines[0]!.sequence}`}>
              <span className={classes['attempt']}>Attempt {group.attempt}</span>
            </li>
          ),
          ...group.lines.map((line) => <Line key={line.sequence} line={line} />),
        ])}
      </ol>
      {error === null ? null : (
        <p role="alert">
          <StatusMark mark="warning">Later lines could not be read; the log may go on.</StatusMark>
        </p>
      )}
    </>
  );
}

function Line({ line }: { readonly line: JobLogLine }): ReactNode {
  return (
    <li data-level={line.level}>
      <span className={classes['when']}>
        <MomentText at={line.at} timeOnly />
      </span>
      <span>
        {line.level === 'warning' || line.level === 'error' ? (
          <StatusMark mark={marks[line.level]}>{line.level}</StatusMark>
        ) : (
          line.level
        )}
      </span>
      <span className={classes['text']}>{line.text}</span>
    </li>
  );
}
