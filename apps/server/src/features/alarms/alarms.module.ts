import { Module } from '@nestjs/common';
import { DetectorLookupModule } from '../detectors/detector-lookup.module.js';
import { LogModule } from '../log/log.module.js';
import { AlarmsController } from './alarms.controller.js';
import { AlarmsRepository } from './alarms.repository.js';
import { AlarmsService } from './alarms.service.js';

@Module({
  imports: [LogModule, DetectorLookupModule],
  controllers: [AlarmsController],
  providers: [AlarmsService, AlarmsRepository],
  exports: [AlarmsService],
})
export class AlarmsModule {}
