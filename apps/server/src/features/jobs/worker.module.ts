import { type DynamicModule, Module } from '@nestjs/common';
import type { AppConfig } from '../../platform/config/app-config.js';
import { ConfigModule } from '../../platform/config/config.module.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import type { Log } from '../../platform/logging/create-log.js';
import { LoggingModule } from '../../platform/logging/logging.module.js';
import { QueuesModule } from '../../platform/queues/queues.module.js';
import { JobSweep } from './job-sweep.service.js';
import { ClaimRepository } from './process/claim.repository.js';
import { JobLedger } from './process/job-ledger.js';
import { OutcomeRepository } from './process/outcome.repository.js';
import { StageJobProcessor } from './process/stage-job.processor.js';
import { JobsStoreModule } from './store/jobs-store.module.js';
import { WorkerHeartbeatRepository } from './store/worker-heartbeat.repository.js';
import { WorkerHeartbeat } from './worker-heartbeat.service.js';

/** Everything in a worker process. */
@Module({})
export class WorkerModule {
  static forRoot(config: AppConfig, log: Log): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.forRoot(config),
        LoggingModule.forRoot(log),
        DatabaseModule,
        QueuesModule.forWorkers(),
        JobsStoreModule,
      ],
      providers: [
        StageJobProcessor,
        JobLedger,
        ClaimRepository,
        OutcomeRepository,
        JobSweep,
        WorkerHeartbeat,
        WorkerHeartbeatRepository,
      ],
      exports: [StageJobProcessor],
    };
  }
}
