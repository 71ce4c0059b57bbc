import { Module } from '@nestjs/common';
import { DataModule } from '../data/data.module.js';
import { DetectorLookupModule } from '../detectors/detector-lookup.module.js';
import { ParametersController } from './parameters.controller.js';
import { ParametersRepository } from './parameters.repository.js';
import { ParametersService } from './parameters.service.js';
import { ResolutionService } from './resolution.service.js';
import { ResultsService } from './results.service.js';
import { RunFacts } from './run-facts.repository.js';

@Module({
  imports: [DetectorLookupModule, DataModule],
  controllers: [ParametersController],
  providers: [ParametersService, ResolutionService, ResultsService, ParametersRepository, RunFacts],
  exports: [ResolutionService],
})
export class ParametersModule {}
