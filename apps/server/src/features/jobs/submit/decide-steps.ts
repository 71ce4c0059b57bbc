import type { PreviewStep } from '@countroom/contracts';
import type { PlannedStep } from './plan-run.js';

/** A job that is making a result, or waits to. */
export interface ActiveJob {
  readonly id: string;
  readonly stage: string;
  readonly lineageHash: string;
}

export interface StepDecision {
  readonly action: PreviewStep['action'];
  /** The job that is joined. */
  readonly jobId: string | undefined;
}

/**
 * What becomes of each step of a run: a job that is making the result already is joined, a stored result is taken, all
 * else is computed. Behind a step that is computed nothing is taken from the catalogue.
 */
export function decideSteps(
  steps: readonly PlannedStep[],
  active: readonly ActiveJob[],
  force: boolean,
): StepDecision[] {
  let anew = force;
  return steps.map(({ stage, lineageHash, storedAs }) => {
    const job = active.find((one) => one.stage === stage.name && one.lineageHash === lineageHash);
    if (job !== undefined) return { action: 'joined', jobId: job.id };
    if (storedAs !== undefined && !anew) return { action: 'stored', jobId: undefined };
    anew = true;
    return { action: 'compute', jobId: undefined };
  });
}
