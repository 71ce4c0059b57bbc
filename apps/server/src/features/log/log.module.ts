import { Module } from '@nestjs/common';
import { DetectorLookupModule } from '../detectors/detector-lookup.module.js';
import { LogController } from './log.controller.js';
import { LogRepository } from './log.repository.js';
import { LogService } from './log.service.js';

@Module({
  imports: [DetectorLookupModule],
  controllers: [LogController],
  providers: [LogService, LogRepository],
  exports: [LogService, LogRepository],
})
export class LogModule {}
