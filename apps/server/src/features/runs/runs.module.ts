import { Module } from '@nestjs/common';
import { DetectorLookupModule } from '../detectors/detector-lookup.module.js';
import { LogModule } from '../log/log.module.js';
import { RunsController } from './runs.controller.js';
import { RunsRepository } from './runs.repository.js';
import { RunsService } from './runs.service.js';
import { RunsListRepository } from './runs-list.repository.js';

@Module({
  imports: [LogModule, DetectorLookupModule],
  controllers: [RunsController],
  providers: [RunsService, RunsRepository, RunsListRepository],
  exports: [RunsService],
})
export class RunsModule {}
