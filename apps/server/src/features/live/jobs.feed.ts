import { type JobLogLine, jobInfo } from '@countroom/contracts';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { z } from 'zod';
import { NotificationsService } from '../../platform/database/notifications.service.js';
import { LiveHub } from '../../platform/live/live-hub.js';
import type { LogLine } from '../../platform/live/subscription.js';
import { JobsService } from '../jobs/jobs.service.js';

/** A busy job changes many times a second; pages are told once in this time. */
const gatherMs = 200;
const mostLines = 500;
/** What lists show of a job; its details stay away. */
const shown = z.object(jobInfo.shape);
const logPrefix = 'job.log:';

/** Jobs as they change, and the lines of those whose log somebody reads. */
@Injectable()
export class JobsFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(JobsFeed.name);
  private readonly changed = new Set<string>();
  /** Last line sent, per job whose log is read. */
  private readonly read = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly jobs: JobsService,
    private readonly hub: LiveHub,
    private readonly notifications: NotificationsService,
  ) {}

  onApplicationBootstrap(): void {
    this.hub.registerLog('job.log', async ({ job = '' }, after) =>
      (await this.jobs.log(job, { after: Number(after), limit: mostLines })).map(toLine),
    );
    this.hub.onInterest((key, wanted) => {
      if (!key.startsWith(logPrefix)) return;
      const job = key.slice(logPrefix.length);
      if (!wanted) this.read.delete(job);
      else {
        this.read.set(job, 0);
        this.soon(job);
      }
    });
    this.notifications.subscribe('jobs', (id) => {
      if (id !== null) this.soon(id);
      else for (const job of this.read.keys()) this.soon(job);
    });
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
  }

  private soon(id: string): void {
    this.changed.add(id);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const ids = [...this.changed];
      this.changed.clear();
      for (const one of ids) {
        this.send(one).catch((error: unknown) => this.log.debug('a job could not be read', error));
      }
    }, gatherMs);
  }

  private async send(id: string): Promise<void> {
    if (this.hub.isWanted('job.changed', {})) {
      const header = shown.parse(await this.jobs.get(id));
      this.hub.publish('job.changed', {}, { header, dataAtMs: Date.now() });
    }
    for (let after = this.read.get(id); after !== undefined; ) {
      const lines = await this.jobs.log(id, { after, limit: mostLines });
      for (const line of lines) {
        const { cursor, dataAtMs } = toLine(line);
        this.hub.publish('job.log', { job: id }, { header: line, cursor, dataAtMs });
      }
      const last = lines.at(-1)?.sequence;
      if (last === undefined || !this.read.has(id)) return;
      this.read.set(id, last);
      after = lines.length < mostLines ? undefined : last;
    }
  }
}

function toLine(line: JobLogLine): LogLine & { readonly cursor: bigint } {
  return { cursor: BigInt(line.sequence), dataAtMs: Date.parse(line.at), header: line };
}
