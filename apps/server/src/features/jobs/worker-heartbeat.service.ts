import { hostname } from 'node:os';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { QueueWorkersService } from '../../platform/queues/queue-workers.service.js';
import { StageJobProcessor } from './process/stage-job.processor.js';
import { WorkerHeartbeatRepository } from './store/worker-heartbeat.repository.js';

const everyMs = 5_000;

/** Lets people see which workers there are. */
@Injectable()
export class WorkerHeartbeat implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(WorkerHeartbeat.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: WorkerHeartbeatRepository,
    private readonly processor: StageJobProcessor,
    private readonly workers: QueueWorkersService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.timer = setInterval(() => void this.beat(), everyMs);
    await this.beat();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.repository.remove(this.processor.workerName).catch(() => undefined);
  }

  private async beat(): Promise<void> {
    try {
      await this.repository.save(this.processor.workerName, hostname(), this.workers.running);
    } catch (error) {
      this.log.warn('the sign of life could not be written', error);
    }
  }
}
