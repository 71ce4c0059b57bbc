import type { JobsPreview, PreviewStep } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { JobsRepository } from '../store/jobs.repository.js';
import { decideSteps, type StepDecision } from './decide-steps.js';
import type { PlannedRun, Submission } from './planning.service.js';
import { PlanningService } from './planning.service.js';

/** Says what a submission would do, by the same plan and the same decisions. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly planning: PlanningService,
    private readonly jobs: JobsRepository,
  ) {}

  async preview(body: Submission): Promise<JobsPreview> {
    const plan = await this.planning.plan(body);
    const active = await this.jobs.activeOf(plan.runs.map(({ run }) => run.id));
    const runs = plan.runs.map((planned) => {
      const ofRun = active.filter(({ runId }) => runId === planned.run.id);
      const decisions = decideSteps(planned.steps, ofRun, body.force);
      return { ...planned.name, steps: toSteps(planned, decisions) };
    });
    const actions = runs.flatMap(({ steps }) => steps.map(({ action }) => action));
    const count = (action: PreviewStep['action']): number => actions.filter((one) => one === action).length;
    const counts = { compute: count('compute'), stored: count('stored'), joined: count('joined') };
    return { runs, refused: [...plan.refused], counts };
  }
}

function toSteps({ steps }: PlannedRun, decisions: readonly StepDecision[]): PreviewStep[] {
  return steps.map(({ stage, lineageHash, after, inputDatasetId, storedAs }, index) => ({
    stage: stage.name,
    dataKind: stage.provides,
    lineageHash,
    action: decisions[index]!.action,
    inputDatasetId: inputDatasetId ?? null,
    inputStage: after === undefined ? null : steps[after]!.stage.name,
    storedDatasetId: storedAs ?? null,
    jobId: decisions[index]!.jobId ?? null,
  }));
}
