import { Module } from '@nestjs/common';
import { DataModule } from '../data/data.module.js';
import { JobsStoreModule } from '../jobs/store/jobs-store.module.js';
import { SkimController } from './skim.controller.js';
import { SkimService } from './skim.service.js';

@Module({
  imports: [DataModule, JobsStoreModule],
  controllers: [SkimController],
  providers: [SkimService],
  exports: [SkimService],
})
export class SkimModule {}
