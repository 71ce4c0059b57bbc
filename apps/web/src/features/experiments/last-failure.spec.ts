import { describe, expect, it } from 'vitest';
import { lastFailure } from './last-failure';

function job(stage: string, status: 'failed' | 'completed' | 'running', minute: number) {
  return { stage, status, createdAt: `2026-11-22T01:0${minute}:00.000Z`, error: `${stage} ${minute}` };
}

describe('the failure that an analysis shows', () => {
  it('is that of the newest job of a stage', () => {
    expect(lastFailure<ReturnType<typeof job>>([])).toBeUndefined();
    const first = [job('find_pulses', 'completed', 1), job('pulse_statistics', 'failed', 1)];
    expect(lastFailure(first)?.error).toBe('pulse_statistics 1');
    expect(lastFailure([job('pulse_statistics', 'failed', 3), ...first])?.error).toBe('pulse_statistics 3');
  });
  it('is gone when the stage was done since, in whichever order jobs are listed', () => {
    const jobs = [job('find_pulses', 'completed', 2), job('find_pulses', 'failed', 1)];
    expect(lastFailure(jobs)).toBeUndefined();
    expect(lastFailure(jobs.toReversed())).toBeUndefined();
    expect(lastFailure([...jobs, job('find_pulses', 'running', 4)])).toBeUndefined();
  });
});
