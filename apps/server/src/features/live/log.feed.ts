import type { LogEntry } from '@countroom/contracts';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { NotificationsService } from '../../platform/database/notifications.service.js';
import { LiveHub } from '../../platform/live/live-hub.js';
import type { LogLine } from '../../platform/live/subscription.js';
import { LogService } from '../log/log.service.js';

const mostLines = 500;

/** Lines of detectors' logs as they are written. */
@Injectable()
export class LogFeed implements OnApplicationBootstrap {
  private readonly log = new Logger(LogFeed.name);

  constructor(
    private readonly lines: LogService,
    private readonly hub: LiveHub,
    private readonly notifications: NotificationsService,
  ) {}

  onApplicationBootstrap(): void {
    this.hub.registerLog('detector.log', async ({ detector = '' }, after) =>
      (await this.lines.listAfter(detector, after, mostLines)).map(toLine),
    );
    this.notifications.subscribe('run_log', (id) => {
      if (id !== null)
        this.send(id).catch((error: unknown) => this.log.debug('a log line could not be read', error));
    });
  }

  private async send(id: string): Promise<void> {
    const entry = await this.lines.find(id);
    if (entry === null) return;
    const { cursor, dataAtMs } = toLine(entry);
    this.hub.publish('detector.log', { detector: entry.detector }, { header: entry, cursor, dataAtMs });
  }
}

function toLine(entry: LogEntry): LogLine & { readonly cursor: bigint } {
  return { cursor: BigInt(entry.id), dataAtMs: Date.parse(entry.at), header: entry };
}
