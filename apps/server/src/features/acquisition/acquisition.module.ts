import { type DynamicModule, Module } from '@nestjs/common';
import type { AppConfig } from '../../platform/config/app-config.js';
import { ConfigModule } from '../../platform/config/config.module.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { AcquisitionService } from './acquisition.service.js';
import { AcquisitionAlarmsRepository } from './store/acquisition-alarms.repository.js';
import { AcquisitionDetectorsRepository } from './store/acquisition-detectors.repository.js';
import { AcquisitionRepositories } from './store/acquisition-repositories.js';
import { AcquisitionResultsRepository } from './store/acquisition-results.repository.js';
import { AcquisitionRunsRepository } from './store/acquisition-runs.repository.js';
import { FencedWritesRepository } from './store/fenced-writes.repository.js';
import { AcquisitionIntentsRepository } from './store/intents.repository.js';

@Module({})
export class AcquisitionModule {
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: AcquisitionModule,
      imports: [ConfigModule.forRoot(config), DatabaseModule],
      providers: [
        AcquisitionService,
        AcquisitionAlarmsRepository,
        AcquisitionDetectorsRepository,
        AcquisitionIntentsRepository,
        AcquisitionRepositories,
        AcquisitionResultsRepository,
        AcquisitionRunsRepository,
        FencedWritesRepository,
      ],
    };
  }
}
