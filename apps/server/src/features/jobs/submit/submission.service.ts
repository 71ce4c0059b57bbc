import { randomUUID } from 'node:crypto';
import { AppError, type JobInfo, type PreviewRefusal } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../../generated/prisma/client.js';
import { demandRole } from '../../../platform/auth/demand-role.js';
import { noteAudit } from '../../../platform/http/audit-note.js';
import { JobDispatch } from '../job-dispatch.service.js';
import { toJob } from '../jobs.mapper.js';
import { JobsRepository } from '../store/jobs.repository.js';
import { PlanningService, type Submission } from './planning.service.js';
import { SubmissionRepository } from './submission.repository.js';

/** Who wants the results. */
interface Asker {
  readonly by: string;
  readonly ruleId?: string;
}

export interface SubmittedJobs {
  readonly pipelineId: string;
  readonly jobs: JobInfo[];
}

/** Turns a request for results into jobs. */
@Injectable()
export class SubmissionService {
  constructor(
    private readonly planning: PlanningService,
    private readonly jobs: JobsRepository,
    private readonly submissions: SubmissionRepository,
    private readonly dispatch: JobDispatch,
  ) {}

  /** For a request of a person, who must have the role for every detector. */
  async submit(body: Submission, by: string): Promise<SubmittedJobs> {
    demandRole(body.runs.map(({ detector }) => detector));
    noteAudit({
      target: body.runs.map((run) => `${run.detector}/${run.number}`).join(' '),
      after: body.pipelineVersionId === undefined ? body.stages : body,
    });
    return this.make(body, { by });
  }

  /** The same without asking for a role. */
  async make(body: Submission, { by, ruleId }: Asker): Promise<SubmittedJobs> {
    // Everything is planned before anything is made: one bad run refuses the whole request.
    const { runs, refused, stages, parameters } = await this.planning.plan(body);
    if (refused[0] !== undefined) throw refusedBecause(refused[0], refused);
    const { name, priority, force } = body;
    const facts = { pipelineId: randomUUID(), by, priority, force };
    const asked = JSON.parse(JSON.stringify(stages)) as Prisma.InputJsonArray;
    await this.submissions.createPipeline({
      id: facts.pipelineId,
      name,
      by,
      priority,
      force,
      stages: asked,
      parameters,
      configurationVersionId: body.pipelineVersionId ?? null,
      ruleId: ruleId ?? null,
    });
    const ids: string[] = [];
    for (const { run, steps } of runs) {
      const created = await this.submissions.createJobs(run, steps, facts);
      ids.push(...created.ids);
      await this.dispatch.enqueueAll(created.ready);
    }
    return { pipelineId: facts.pipelineId, jobs: (await this.jobs.findMany(ids)).map(toJob) };
  }
}

function refusedBecause({ code, message }: PreviewRefusal, all: readonly PreviewRefusal[]): AppError {
  const more = all.length === 1 ? '' : ` The request has ${all.length} such faults; nothing was submitted.`;
  return new AppError(code, `${message}${more}`, { issues: all.flatMap(({ issues }) => issues) });
}
