import { Injectable } from '@nestjs/common';
import { AcquisitionAlarmsRepository } from './acquisition-alarms.repository.js';
import { AcquisitionDetectorsRepository } from './acquisition-detectors.repository.js';
import { AcquisitionResultsRepository } from './acquisition-results.repository.js';
import { AcquisitionRunsRepository } from './acquisition-runs.repository.js';
import { FencedWritesRepository } from './fenced-writes.repository.js';
import { AcquisitionIntentsRepository } from './intents.repository.js';

/** All that an acquisition process has of the database. */
@Injectable()
export class AcquisitionRepositories {
  constructor(
    readonly fenced: FencedWritesRepository,
    readonly intents: AcquisitionIntentsRepository,
    readonly detectors: AcquisitionDetectorsRepository,
    readonly runs: AcquisitionRunsRepository,
    readonly results: AcquisitionResultsRepository,
    readonly alarms: AcquisitionAlarmsRepository,
  ) {}
}
