import { Module } from '@nestjs/common';
import { DetectorLookup } from './detector-lookup.js';
import { DetectorsRepository } from './detectors.repository.js';

@Module({ providers: [DetectorLookup, DetectorsRepository], exports: [DetectorLookup, DetectorsRepository] })
export class DetectorLookupModule {}
