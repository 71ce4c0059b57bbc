import { Injectable } from '@nestjs/common';
import { CatalogueRepository } from '../store/catalogue.repository.js';
import { ClaimRepository } from './claim.repository.js';
import { OutcomeRepository } from './outcome.repository.js';

/** All that a worker has of the database: who has a job, what came of it, what is stored. */
@Injectable()
export class JobLedger {
  constructor(
    readonly claims: ClaimRepository,
    readonly outcomes: OutcomeRepository,
    readonly catalogue: CatalogueRepository,
  ) {}
}
