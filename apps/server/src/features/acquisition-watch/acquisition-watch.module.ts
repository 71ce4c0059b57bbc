import { Module } from '@nestjs/common';
import { AlarmsModule } from '../alarms/alarms.module.js';
import { LogModule } from '../log/log.module.js';
import { RunControlModule } from '../run-control/run-control.module.js';
import { AcquisitionWatch } from './acquisition-watch.service.js';

@Module({
  imports: [AlarmsModule, LogModule, RunControlModule],
  providers: [AcquisitionWatch],
})
export class AcquisitionWatchModule {}
