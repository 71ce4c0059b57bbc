import { type DynamicModule, Module } from '@nestjs/common';
import { AcquisitionWatchModule } from './features/acquisition-watch/acquisition-watch.module.js';
import { AlarmsModule } from './features/alarms/alarms.module.js';
import { AuditModule } from './features/audit/audit.module.js';
import { AuthModule } from './features/auth/auth.module.js';
import { BatonModule } from './features/baton/baton.module.js';
import { BenchesModule } from './features/benches/benches.module.js';
import { ConfigurationsModule } from './features/configurations/configurations.module.js';
import { DataModule } from './features/data/data.module.js';
import { DemoModule } from './features/demo/demo.module.js';
import { DetectorsModule } from './features/detectors/detectors.module.js';
import { ExperimentsModule } from './features/experiments/experiments.module.js';
import { JobsModule } from './features/jobs/jobs.module.js';
import { LiveFeedsModule } from './features/live/live-feeds.module.js';
import { LogModule } from './features/log/log.module.js';
import { ParametersModule } from './features/parameters/parameters.module.js';
import { RowFilesModule } from './features/row-files/row-files.module.js';
import { RunControlModule } from './features/run-control/run-control.module.js';
import { RunExportModule } from './features/run-export/run-export.module.js';
import { RunsModule } from './features/runs/runs.module.js';
import { SkimModule } from './features/skim/skim.module.js';
import { SystemModule } from './features/system/system.module.js';
import { TokensModule } from './features/tokens/tokens.module.js';
import { UsersModule } from './features/users/users.module.js';
import { AccessModule } from './platform/auth/access.module.js';
import type { AppConfig } from './platform/config/app-config.js';
import { ConfigModule } from './platform/config/config.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { HttpModule } from './platform/http/http.module.js';
import type { HttpOptions } from './platform/http/http-options.js';
import type { Log } from './platform/logging/create-log.js';
import { LoggingModule } from './platform/logging/logging.module.js';
import { MetricsModule } from './platform/metrics/metrics.module.js';
import { QueuesModule } from './platform/queues/queues.module.js';

const features = [
  AuthModule,
  UsersModule,
  TokensModule,
  AuditModule,
  DetectorsModule,
  ConfigurationsModule,
  BenchesModule,
  ExperimentsModule,
  ParametersModule,
  RunsModule,
  RunExportModule,
  JobsModule,
  LogModule,
  AlarmsModule,
  BatonModule,
  RunControlModule,
  AcquisitionWatchModule,
  LiveFeedsModule,
  SystemModule,
  DataModule,
  SkimModule,
  RowFilesModule,
  DemoModule,
];

/** Everything that answers over HTTP and the live socket. */
@Module({})
export class ApiModule {
  static forRoot(config: AppConfig, log: Log, options: HttpOptions): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        ConfigModule.forRoot(config),
        LoggingModule.forRoot(log),
        DatabaseModule,
        HttpModule.forRoot(options),
        AccessModule,
        QueuesModule.forProducers(),
        HealthModule,
        MetricsModule,
        ...features,
      ],
    };
  }
}
