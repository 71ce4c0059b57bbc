import { Module } from '@nestjs/common';
import { DataModule } from '../data/data.module.js';
import { LogModule } from '../log/log.module.js';
import { RunsModule } from '../runs/runs.module.js';
import { RunExportController } from './run-export.controller.js';
import { RunExportRepository } from './run-export.repository.js';
import { RunExportService } from './run-export.service.js';

@Module({
  imports: [RunsModule, DataModule, LogModule],
  controllers: [RunExportController],
  providers: [RunExportService, RunExportRepository],
})
export class RunExportModule {}
