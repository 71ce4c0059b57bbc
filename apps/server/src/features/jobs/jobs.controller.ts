import {
  endpoints,
  type InputOf,
  type JobDetail,
  type JobInfo,
  type JobLogLine,
  type JobsPreview,
  type ResponseOf,
  type StageInfo,
} from '@countroom/contracts';
import { Controller } from '@nestjs/common';
import { CurrentPrincipal } from '../../platform/auth/current-principal.decorator.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Input } from '../../platform/http/input.decorator.js';
import { Route } from '../../platform/http/route.decorator.js';
import { JobsService } from './jobs.service.js';
import { PreviewService } from './submit/preview.service.js';
import { SubmissionService } from './submit/submission.service.js';

const { jobs } = endpoints;

@Controller()
export class JobsController {
  constructor(
    private readonly service: JobsService,
    private readonly submission: SubmissionService,
    private readonly previews: PreviewService,
  ) {}

  @Route(jobs.stages)
  stages(): StageInfo[] {
    return this.service.stages();
  }

  @Route(jobs.submit)
  async submit(
    @Input() { body }: InputOf<typeof jobs.submit>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ResponseOf<typeof jobs.submit>> {
    return this.submission.submit(body, principal.name);
  }

  @Route(jobs.preview)
  preview(@Input() { body }: InputOf<typeof jobs.preview>): Promise<JobsPreview> {
    return this.previews.preview(body);
  }

  @Route(jobs.list)
  list(@Input() { query }: InputOf<typeof jobs.list>): Promise<ResponseOf<typeof jobs.list>> {
    return this.service.list(query);
  }

  @Route(jobs.get)
  get(@Input() { params }: InputOf<typeof jobs.get>): Promise<JobDetail> {
    return this.service.get(params.id);
  }

  @Route(jobs.log)
  log(@Input() { params, query }: InputOf<typeof jobs.log>): Promise<JobLogLine[]> {
    return this.service.log(params.id, query);
  }

  @Route(jobs.cancel)
  cancel(@Input() { params }: InputOf<typeof jobs.cancel>): Promise<JobInfo> {
    return this.service.cancel(params.id);
  }

  @Route(jobs.retry)
  retry(@Input() { params }: InputOf<typeof jobs.retry>): Promise<JobInfo> {
    return this.service.retry(params.id);
  }

  @Route(jobs.update)
  update(@Input() { params, body }: InputOf<typeof jobs.update>): Promise<JobInfo> {
    return this.service.setPriority(params.id, body.priority);
  }
}
