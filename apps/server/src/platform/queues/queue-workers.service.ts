import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { requireDatabaseUrl } from '../database/database-url.js';
import type { Log } from '../logging/create-log.js';
import { LOG } from '../logging/logging.module.js';
import { JobWorker } from './job-worker.js';
import { ProcessorRegistry } from './processor-registry.js';
import { queueConnection } from './queue-connection.js';

const stopDeadlineMs = 8_000;

/** Runs the registered processors; in worker processes only. */
@Injectable()
export class QueueWorkersService implements OnApplicationBootstrap, OnApplicationShutdown {
  private workers: readonly JobWorker[] = [];

  constructor(
    private readonly config: AppConfig,
    private readonly registry: ProcessorRegistry,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const connection = queueConnection({
      databaseUrl: requireDatabaseUrl(this.config),
      redisUrl: this.config.redisUrl,
    });
    const { concurrency } = this.config.workers;
    this.workers = this.registry
      .complete()
      .map((processor) => new JobWorker(processor, connection, this.log, { concurrency }));
    await Promise.all(this.workers.map((worker) => worker.ready()));
  }

  get running(): number {
    return this.workers.reduce((sum, worker) => sum + worker.size, 0);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close(stopDeadlineMs)));
  }
}
