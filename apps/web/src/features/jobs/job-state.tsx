import type { JobInfo } from '@countroom/contracts';
import type { ReactNode } from 'react';
import { Cut } from '../../lib/ui/layout';
import { ProgressBar } from '../../lib/ui/progress-bar';
import { StatusMark } from '../../lib/ui/status-mark';
import { isOver, jobWord } from './job-words';

/** Where a job is; a bar while it runs. */
export function JobState({ job }: { readonly job: JobInfo }): ReactNode {
  const { mark, word } = jobWord(job);
  return <StatusMark mark={mark}>{word}</StatusMark>;
}

/** How far a job is, or what became of it. */
export function JobProgress({ job }: { readonly job: JobInfo }): ReactNode {
  if (job.status === 'running') {
    return <ProgressBar label={`Progress of ${job.stage}`} share={job.progress} text={job.progressText} />;
  }
  if (job.error !== null && job.error !== '') return <Cut text={job.error} />;
  // Once it is over, how far it was says nothing.
  return isOver(job) ? null : <span className="dim">{job.progressText}</span>;
}
