import { Module } from '@nestjs/common';
import { ConfigurationsModule } from '../configurations/configurations.module.js';
import { DetectorLookupModule } from './detector-lookup.module.js';
import { DetectorsController } from './detectors.controller.js';
import { DetectorsService } from './detectors.service.js';

@Module({
  imports: [DetectorLookupModule, ConfigurationsModule],
  controllers: [DetectorsController],
  providers: [DetectorsService],
  exports: [DetectorsService],
})
export class DetectorsModule {}
