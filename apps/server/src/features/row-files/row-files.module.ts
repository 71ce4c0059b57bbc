import { Module } from '@nestjs/common';
import { DataModule } from '../data/data.module.js';
import { SkimModule } from '../skim/skim.module.js';
import { RowFilesController } from './row-files.controller.js';
import { RowFilesService } from './row-files.service.js';

@Module({
  imports: [DataModule, SkimModule],
  controllers: [RowFilesController],
  providers: [RowFilesService],
})
export class RowFilesModule {}
