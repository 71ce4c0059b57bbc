import { Logger } from '@nestjs/common';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { NotificationsService } from '../../../platform/database/notifications.service.js';
import type { ResolutionService } from '../../parameters/resolution.service.js';
import type { JobDispatch } from '../job-dispatch.service.js';
import { ApprovalGate } from './approval-gate.service.js';
import type { ApprovalsRepository, DueJob } from './approvals.repository.js';

const config = { config: { operations: { cal: 'db.operations.cal' } } };
const due = (id: string, stage = 'dsp_to_hit'): DueJob => ({ id, runId: `run of ${id}`, stage, config });

/** A gate over jobs in memory; `approve` is what happens when somebody approves values. */
function makeGate(jobs: DueJob[] | Error): {
  readonly gate: ApprovalGate;
  readonly enqueued: string[][];
  readonly approve: () => void;
} {
  const enqueued: string[][] = [];
  let approve = (): void => undefined;
  const approvals = {
    due: () => (jobs instanceof Error ? Promise.reject(jobs) : Promise.resolve(jobs)),
    release: (job: DueJob) =>
      job.id === 'taken' ? Promise.reject(new Error('another one has it')) : Promise.resolve([job.id]),
  };
  const parameters = {
    forRun: (runId: string) =>
      runId === 'run of unknown' ? Promise.reject(new Error('no such run')) : Promise.resolve({}),
  };
  const notifications = {
    subscribe: (_: string, listener: () => void) => {
      approve = listener;
      return () => undefined;
    },
  };
  const dispatch = {
    enqueueAll: (ids: string[]) => {
      enqueued.push(ids);
      return Promise.resolve();
    },
  };
  const gate = new ApprovalGate(
    approvals as unknown as ApprovalsRepository,
    parameters as unknown as ResolutionService,
    notifications as unknown as NotificationsService,
    dispatch as unknown as JobDispatch,
  );
  gate.onApplicationBootstrap();
  return { gate, enqueued, approve: () => approve() };
}

afterEach(() => vi.restoreAllMocks());

describe('jobs that wait for approved values', () => {
  it('go on, although one before them cannot be planned anew', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const jobs = [due('a'), due('unknown'), due('gone', 'no_such_stage'), due('taken'), due('b')];
    const { gate, enqueued, approve } = makeGate(jobs);
    approve();
    await gate.onApplicationShutdown();
    expect(enqueued).toEqual([['a'], ['b']]);
    expect(warn.mock.calls.map(([text]) => String(text))).toEqual([
      expect.stringContaining('job unknown (dsp_to_hit) cannot go on'),
      expect.stringContaining('job gone (no_such_stage) cannot go on'),
      expect.stringContaining('job taken (dsp_to_hit) cannot go on'),
    ]);
  });

  it('are looked at again after the database could not be asked', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const { gate, approve } = makeGate(new Error('no connection'));
    approve();
    approve();
    await gate.onApplicationShutdown();
    expect(warn).toHaveBeenCalledTimes(2);
  });
});
