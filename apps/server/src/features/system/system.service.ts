import { mkdir, statfs } from 'node:fs/promises';
import type { SystemInfo } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config.js';
import { productVersion } from './product-version.js';
import { SystemRepository } from './system.repository.js';

const startedAt = new Date().toISOString();

@Injectable()
export class SystemService {
  constructor(
    private readonly config: AppConfig,
    private readonly repository: SystemRepository,
  ) {}

  async info(): Promise<SystemInfo> {
    const [workers, jobs, disk] = await Promise.all([
      this.repository.workers(),
      this.repository.jobCounts(),
      this.disk(),
    ]);
    const count = (status: string): number => jobs.get(status) ?? 0;
    return {
      version: productVersion,
      startedAt,
      node: process.version,
      queueBackend: this.config.redisUrl === undefined ? 'postgres' : 'redis',
      disk,
      workers: workers.map((worker) => ({ ...worker, seenAt: worker.seenAt.toISOString() })),
      queues: [
        {
          name: 'process-stage',
          waiting: count('waiting') + count('queued'),
          active: count('running'),
          failed: count('failed'),
        },
      ],
    };
  }

  private async disk(): Promise<SystemInfo['disk']> {
    const path = this.config.dataFolder;
    await mkdir(path, { recursive: true });
    const { bavail, blocks, bsize } = await statfs(path);
    return { path, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  }
}
