import type { JobsPreview, PreviewStep } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { JobsRepository } from '../store/jobs.repository.js';
import { decideSteps, type StepDecision } from './decide-steps.js';
import type { PlannedRun, Submission } from './planning.service.js';
import { PlanningService } from './planning.service.js';
import { reasonOf } from './step-reason.js';

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
      return { ...planned.name, steps: toSteps(planned, decisions, body.force) };
    });
    const actions = runs.flatMap(({ steps }) => steps.map(({ action }) => action));
    const count = (action: PreviewStep['action']): number => actions.filter((one) => one === action).length;
    const counts = { compute: count('compute'), stored: count('stored'), joined: count('joined') };
    return { runs, refused: [...plan.refused], counts };
  }
}

function toSteps({ steps }: PlannedRun, decisions: readonly StepDecision[], force: boolean): PreviewStep[] {
  return steps.map((step, index) => ({
    stage: step.stage.name,
    dataKind: step.stage.provides,
    lineageHash: step.lineageHash,
    action: decisions[index]!.action,
    reason: reasonOf(step, decisions[index]!, force),
    inputs: step.inputs.map(({ port, datasetIds, after }) => ({
      port,
      datasetIds: [...datasetIds],
      stage: after === undefined ? null : steps[after]!.stage.name,
    })),
    storedDatasetId: step.storedAs ?? null,
    jobId: decisions[index]!.jobId ?? null,
  }));
}
