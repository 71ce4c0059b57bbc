import { Module } from '@nestjs/common';
import { BatonModule } from '../baton/baton.module.js';
import { DetectorLookupModule } from '../detectors/detector-lookup.module.js';
import { IntentsRepository } from './intents.repository.js';
import { RunControlController } from './run-control.controller.js';
import { RunControlService } from './run-control.service.js';
import { StatusRepository } from './status.repository.js';
import { StatusService } from './status.service.js';

@Module({
  imports: [BatonModule, DetectorLookupModule],
  controllers: [RunControlController],
  providers: [RunControlService, StatusService, IntentsRepository, StatusRepository],
  exports: [StatusService],
})
export class RunControlModule {}
