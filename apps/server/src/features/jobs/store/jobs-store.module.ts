import { Module } from '@nestjs/common';
import { JobDispatch } from '../job-dispatch.service.js';
import { CatalogueRepository } from './catalogue.repository.js';
import { JobsRepository } from './jobs.repository.js';

/** What the api and the workers share. */
@Module({
  providers: [JobsRepository, CatalogueRepository, JobDispatch],
  exports: [JobsRepository, CatalogueRepository, JobDispatch],
})
export class JobsStoreModule {}
