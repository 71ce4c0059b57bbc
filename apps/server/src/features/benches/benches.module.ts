import { Module } from '@nestjs/common';
import { DetectorLookupModule } from '../detectors/detector-lookup.module.js';
import { BenchesController } from './benches.controller.js';
import { BenchesRepository } from './benches.repository.js';
import { BenchesService } from './benches.service.js';

@Module({
  imports: [DetectorLookupModule],
  controllers: [BenchesController],
  providers: [BenchesService, BenchesRepository],
})
export class BenchesModule {}
