import type { JobInfo, JobStatus } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { permitted } from '../../lib/api/permissions';
import { cancelReason, jobWord, priorityReason, retryReason } from './job-words';

const viewer = { allowed: false, reason: 'Needs the role shifter.' };

function jobIn(status: JobStatus, more: Partial<JobInfo> = {}): JobInfo {
  return { status, fromCatalogue: false, cancelRequested: false, awaitsApproval: false, ...more } as JobInfo;
}

describe('what may be done with a job', () => {
  const table: readonly [JobStatus, cancel: boolean, retry: boolean, priority: boolean][] = [
    ['waiting', true, false, true],
    ['queued', true, false, true],
    ['running', true, false, false],
    ['completed', false, false, false],
    ['failed', false, true, false],
    ['cancelled', false, true, false],
  ];
  it.each(table)('%s: cancel %s, retry %s, priority %s', (status, cancel, retry, priority) => {
    const job = jobIn(status);
    expect(cancelReason(job, permitted) === null).toBe(cancel);
    expect(retryReason(job, permitted) === null).toBe(retry);
    expect(priorityReason(job, permitted) === null).toBe(priority);
  });

  it('is nothing for those without the role, and the reason names it', () => {
    for (const reason of [cancelReason, retryReason, priorityReason]) {
      expect(reason(jobIn('queued'), viewer)).toBe(viewer.reason);
    }
  });

  it('is not cancelling twice', () => {
    const job = jobIn('running', { cancelRequested: true });
    expect(cancelReason(job, permitted)).toContain('told to stop');
    expect(jobWord(job).word).toBe('Cancelling');
  });
});

describe('words', () => {
  it('tell a result that was there already from one that was computed', () => {
    expect(jobWord(jobIn('completed')).word).toBe('Completed');
    expect(jobWord(jobIn('completed', { fromCatalogue: true })).word).toBe('From catalogue');
  });
});
