import {
  type DynamicModule,
  Global,
  Inject,
  Injectable,
  Module,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { requireDatabaseUrl } from '../database/database-url.js';
import type { Log } from '../logging/create-log.js';
import { LOG } from '../logging/logging.module.js';
import { BullJobQueue } from './bull-job-queue.js';
import { JobQueue } from './job-queue.js';
import { ProcessorRegistry } from './processor-registry.js';
import { queueConnection } from './queue-connection.js';
import { QueueWorkersService } from './queue-workers.service.js';

@Injectable()
class QueueCloser implements OnApplicationShutdown {
  constructor(@Inject(JobQueue) private readonly queue: JobQueue) {}

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}

const producer = {
  provide: JobQueue,
  inject: [AppConfig, LOG],
  useFactory: (config: AppConfig, log: Log) =>
    new BullJobQueue(
      queueConnection({ databaseUrl: requireDatabaseUrl(config), redisUrl: config.redisUrl }),
      log,
    ),
};

/** `forProducers` in the api and acquisition; `forWorkers` also runs what ProcessorRegistry holds. */
@Global()
@Module({})
export class QueuesModule {
  static forProducers(): DynamicModule {
    return { module: QueuesModule, providers: [producer, QueueCloser], exports: [JobQueue] };
  }

  static forWorkers(): DynamicModule {
    return {
      module: QueuesModule,
      providers: [producer, QueueCloser, ProcessorRegistry, QueueWorkersService],
      exports: [JobQueue, ProcessorRegistry, QueueWorkersService],
    };
  }
}
