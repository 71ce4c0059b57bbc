import { Module } from '@nestjs/common';
import { CorrespondenceController } from './correspondence/correspondence.controller.js';
import { CorrespondenceRepository } from './correspondence/correspondence.repository.js';
import { CorrespondenceService } from './correspondence/correspondence.service.js';
import { DatasetsController } from './datasets/datasets.controller.js';
import { DatasetsRepository } from './datasets/datasets.repository.js';
import { DatasetsService } from './datasets/datasets.service.js';
import { ImportsController } from './imports/imports.controller.js';
import { ImportsRepository } from './imports/imports.repository.js';
import { ImportsService } from './imports/imports.service.js';
import { UploadTimeouts } from './imports/upload-timeouts.js';
import { ReadingService } from './reading/reading.service.js';

@Module({
  controllers: [ImportsController, DatasetsController, CorrespondenceController],
  providers: [
    ImportsService,
    ImportsRepository,
    DatasetsService,
    DatasetsRepository,
    CorrespondenceService,
    CorrespondenceRepository,
    ReadingService,
    UploadTimeouts,
  ],
  exports: [DatasetsService, ReadingService],
})
export class DataModule {}
