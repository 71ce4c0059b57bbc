import { Module } from '@nestjs/common';
import { DetectorLookupModule } from '../detectors/detector-lookup.module.js';
import { LogModule } from '../log/log.module.js';
import { BatonController } from './baton.controller.js';
import { BatonRepository } from './baton.repository.js';
import { BatonService } from './baton.service.js';

@Module({
  imports: [DetectorLookupModule, LogModule],
  controllers: [BatonController],
  providers: [BatonService, BatonRepository],
  exports: [BatonService],
})
export class BatonModule {}
