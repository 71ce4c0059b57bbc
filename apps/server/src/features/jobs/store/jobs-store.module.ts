import { Module } from '@nestjs/common';
import { JobDispatch } from '../job-dispatch.service.js';
import { CatalogueRepository } from './catalogue.repository.js';
import { JobsRepository } from './jobs.repository.js';
import { QueryFactsRepository } from './run-facts.js';
import { RunResultsService } from './run-results.service.js';

/** What the api and the workers share. */
@Module({
  providers: [JobsRepository, CatalogueRepository, QueryFactsRepository, RunResultsService, JobDispatch],
  exports: [JobsRepository, CatalogueRepository, QueryFactsRepository, RunResultsService, JobDispatch],
})
export class JobsStoreModule {}
