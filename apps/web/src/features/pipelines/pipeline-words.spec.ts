import type { PipelineDetail } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { permitted } from '../../lib/api/permissions';
import { ageWord, noRetryReason, openApprovals, stateOf } from './pipeline-words';

type Step = PipelineDetail['steps'][number];

function step(stage: string, job: object, inputs: Step['inputs'] = []): Step {
  const facts = { id: stage, detector: 'demo', run: 5, status: 'completed', dependsOn: [], ...job };
  return { stage, position: 0, job: facts as unknown as Step['job'], inputs, joined: false };
}

describe('what waits for approval', () => {
  const dsp = step('raw_to_dsp', { outputDatasetId: 'd' });
  const calibrate = step('calibrate', { outputDatasetId: 'c' }, [{ port: 'dsp', stage: 'raw_to_dsp' }]);
  const inputs = [
    { port: 'calibration', stage: 'calibrate' },
    { port: 'dsp', stage: 'raw_to_dsp' },
  ];
  const waits = { status: 'waiting', awaitsApproval: true, dependsOn: ['raw_to_dsp', 'calibrate'] };

  it('is the reports of analyses, not other results', () => {
    expect(openApprovals({ steps: [dsp, calibrate, step('dsp_to_hit', waits, inputs)] })).toEqual([
      { datasetId: 'c', stage: 'calibrate', detector: 'demo', run: 5 },
    ]);
    expect(openApprovals({ steps: [dsp, calibrate] })).toEqual([]);
  });

  it('is said of a box of many jobs', () => {
    const jobs = [step('dsp_to_hit', waits).job, step('dsp_to_hit', { awaitsApproval: false }).job];
    expect(stateOf(jobs)).toEqual({ mark: 'warning', word: '1 waits for approval' });
    expect(stateOf([jobs[0]!]).word).toBe('Waits for approval');
  });
});

describe('a request', () => {
  const asked = (jobs: readonly object[]): PipelineDetail =>
    ({
      id: 'r',
      counts: { failed: 1, cancelled: 0 },
      steps: jobs.map((job) => step('s', job)),
    }) as unknown as PipelineDetail;

  it('is tried again once nothing of it is being cancelled any more', () => {
    expect(noRetryReason(asked([{ status: 'failed' }]), permitted)).toBeNull();
    const going = [{ status: 'failed' }, { status: 'running', cancelRequested: true }];
    expect(noRetryReason(asked(going), permitted)).toBe('A job is still being cancelled.');
  });

  it('has jobs whose time is told also below a second', () => {
    const { job } = step('s', { startedAt: '2026-01-01T00:00:00.000Z', endedAt: '2026-01-01T00:00:00.250Z' });
    expect(ageWord(job, 0)).toBe('took 250 ms');
  });
});
