import { Module } from '@nestjs/common';
import { JobDispatch } from '../job-dispatch.service.js';
import { CatalogueRepository } from './catalogue.repository.js';
import { JobsRepository } from './jobs.repository.js';
import { QueryFactsRepository } from './run-facts.js';

/** What the api and the workers share. */
@Module({
  providers: [JobsRepository, CatalogueRepository, QueryFactsRepository, JobDispatch],
  exports: [JobsRepository, CatalogueRepository, QueryFactsRepository, JobDispatch],
})
export class JobsStoreModule {}
