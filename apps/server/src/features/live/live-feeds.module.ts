import { Module } from '@nestjs/common';
import { LiveModule } from '../../platform/live/live.module.js';
import { AlarmsModule } from '../alarms/alarms.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LogModule } from '../log/log.module.js';
import { RunControlModule } from '../run-control/run-control.module.js';
import { AlarmsFeed } from './alarms.feed.js';
import { JobsFeed } from './jobs.feed.js';
import { LogFeed } from './log.feed.js';
import { StatusFeed } from './status.feed.js';

/** What features show live; each feed brings its changes to the hub. */
@Module({
  imports: [LiveModule, AlarmsModule, JobsModule, LogModule, RunControlModule],
  providers: [AlarmsFeed, JobsFeed, LogFeed, StatusFeed],
})
export class LiveFeedsModule {}
