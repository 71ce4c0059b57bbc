import { Module } from '@nestjs/common';
import { ConfigurationsModule } from '../configurations/configurations.module.js';
import { ParametersModule } from '../parameters/parameters.module.js';
import { JobSweep } from './job-sweep.service.js';
import { JobsController } from './jobs.controller.js';
import { JobsService } from './jobs.service.js';
import { JobsStoreModule } from './store/jobs-store.module.js';
import { PlanningService } from './submit/planning.service.js';
import { PreviewService } from './submit/preview.service.js';
import { SubmissionRepository } from './submit/submission.repository.js';
import { SubmissionService } from './submit/submission.service.js';

/** What the api has of jobs: submitting, looking, steering. */
@Module({
  imports: [JobsStoreModule, ConfigurationsModule, ParametersModule],
  controllers: [JobsController],
  providers: [
    JobsService,
    PlanningService,
    PreviewService,
    SubmissionService,
    SubmissionRepository,
    JobSweep,
  ],
  exports: [JobsService],
})
export class JobsModule {}
