import { randomUUID } from 'node:crypto';
import { AppError, type endpoints, type InputOf, type JobInfo, type SubmitJobs } from '@countroom/contracts';
import { StageError } from '@countroom/pipeline';
import type { Lineage } from '@countroom/run-model';
import { stages } from '@countroom/stages';
import { Injectable } from '@nestjs/common';
import { noteAudit } from '../../../platform/http/audit-note.js';
import { ConfigurationsService } from '../../configurations/configurations.service.js';
import { JobDispatch } from '../job-dispatch.service.js';
import { toJob } from '../jobs.mapper.js';
import { CatalogueRepository } from '../store/catalogue.repository.js';
import { JobsRepository } from '../store/jobs.repository.js';
import { planRun, type RequestedStage } from './plan-run.js';
import { SubmissionRepository } from './submission.repository.js';

type Submit = InputOf<typeof endpoints.jobs.submit>['body'];

/** Turns a request for results into jobs. */
@Injectable()
export class SubmissionService {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly catalogue: CatalogueRepository,
    private readonly submissions: SubmissionRepository,
    private readonly configurations: ConfigurationsService,
    private readonly dispatch: JobDispatch,
  ) {}

  async submit(body: Submit, by: string): Promise<JobInfo[]> {
    noteAudit({
      target: body.runs.map((run) => `${run.detector}/${run.number}`).join(' '),
      after: body.stages,
    });
    const requests = await Promise.all(body.stages.map((one) => this.requested(one)));
    // Everything is planned before anything is made: one bad run refuses the whole request.
    const planned = await Promise.all(body.runs.map((run) => this.plan(run, requests)));
    const facts = { pipelineId: randomUUID(), by, priority: body.priority, force: body.force };
    const ids: string[] = [];
    for (const { run, steps } of planned) {
      const created = await this.submissions.createJobs(run, steps, facts);
      ids.push(...created.ids);
      await this.dispatch.enqueueAll(created.ready);
    }
    return (await this.jobs.findMany(ids)).map(toJob);
  }

  private async plan({ detector, number }: SubmitJobs['runs'][number], requests: readonly RequestedStage[]) {
    const run = await this.catalogue.findRun(detector, number);
    if (run === null) throw new AppError('not-found', `There is no run ${detector}/${number}.`);
    const available = (await this.catalogue.ofRun(run.id)).map(({ id, dataKind, lineage, lineageHash }) => ({
      id,
      dataKind,
      lineage: lineage as unknown as Lineage,
      lineageHash,
    }));
    return { run, steps: planRun(requests, available, `${detector}/${number}`) };
  }

  private async requested({
    stage,
    config,
    configurationVersionId,
  }: Submit['stages'][number]): Promise<RequestedStage> {
    if (config !== undefined && configurationVersionId !== undefined) {
      throw new AppError(
        'input.invalid',
        `${stage}: give either options or a stored configuration, not both.`,
      );
    }
    try {
      const found = stages.get(stage);
      if (configurationVersionId === undefined)
        return { stage: found, config: config ?? {}, configurationVersionId: null };
      const content = await this.configurations.contentOf(configurationVersionId, stage);
      return { stage: found, config: content, configurationVersionId };
    } catch (error) {
      if (error instanceof StageError) throw new AppError('input.invalid', error.message, { cause: error });
      throw error;
    }
  }
}
