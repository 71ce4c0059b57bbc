import { Module } from '@nestjs/common';
import { ConfigurationsModule } from '../configurations/configurations.module.js';
import { DetectorLookupModule } from '../detectors/detector-lookup.module.js';
import { LogModule } from '../log/log.module.js';
import { ParametersModule } from '../parameters/parameters.module.js';
import { ApprovalGate } from './approvals/approval-gate.service.js';
import { ApprovalsRepository } from './approvals/approvals.repository.js';
import { JobSweep } from './job-sweep.service.js';
import { JobsController } from './jobs.controller.js';
import { JobsService } from './jobs.service.js';
import { PipelineDefinitions } from './pipelines/pipeline-definitions.service.js';
import { PipelinesController } from './pipelines/pipelines.controller.js';
import { PipelinesRepository } from './pipelines/pipelines.repository.js';
import { PipelinesService } from './pipelines/pipelines.service.js';
import { RuleRunner } from './rules/rule-runner.service.js';
import { RulesController } from './rules/rules.controller.js';
import { RulesRepository } from './rules/rules.repository.js';
import { RulesService } from './rules/rules.service.js';
import { JobsStoreModule } from './store/jobs-store.module.js';
import { PlanningService } from './submit/planning.service.js';
import { PreviewService } from './submit/preview.service.js';
import { SubmissionRepository } from './submit/submission.repository.js';
import { SubmissionService } from './submit/submission.service.js';

/** What the api has of jobs: submitting, looking, steering, and rules that submit by themselves. */
@Module({
  imports: [JobsStoreModule, ConfigurationsModule, DetectorLookupModule, LogModule, ParametersModule],
  controllers: [JobsController, PipelinesController, RulesController],
  providers: [
    JobsService,
    PlanningService,
    PreviewService,
    SubmissionService,
    SubmissionRepository,
    PipelineDefinitions,
    PipelinesService,
    PipelinesRepository,
    RulesService,
    RulesRepository,
    RuleRunner,
    JobSweep,
    ApprovalGate,
    ApprovalsRepository,
  ],
  exports: [JobsService],
})
export class JobsModule {}
