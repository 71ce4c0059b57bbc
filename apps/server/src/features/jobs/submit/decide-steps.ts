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
 * else is computed. What reads something that is computed is computed too.
 */
export function decideSteps(
  steps: readonly PlannedStep[],
  active: readonly ActiveJob[],
  force: boolean,
): StepDecision[] {
  const decisions: StepDecision[] = [];
  for (const { stage, lineageHash, storedAs, inputs } of steps) {
    const job = active.find((one) => one.stage === stage.name && one.lineageHash === lineageHash);
    const anew =
      force || inputs.some(({ after }) => after !== undefined && decisions[after]!.action === 'compute');
    if (job !== undefined) decisions.push({ action: 'joined', jobId: job.id });
    else if (storedAs !== undefined && !anew) decisions.push({ action: 'stored', jobId: undefined });
    else decisions.push({ action: 'compute', jobId: undefined });
  }
  return decisions;
}
