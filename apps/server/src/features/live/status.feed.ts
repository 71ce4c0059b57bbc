import type { AcquisitionReport, DetectorStatus } from '@countroom/contracts';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { NotificationsService } from '../../platform/database/notifications.service.js';
import { BusFeed } from '../../platform/live/bus-feed.js';
import { LiveHub } from '../../platform/live/live-hub.js';
import { StatusService } from '../run-control/status.service.js';

/** At the latest after this long a status goes out anew, so that pages see who is unreachable. */
const periodMs = 1000;
/** Changes that follow each other closely go out as one. */
const gatherMs = 50;

/** Sends each detector's status whenever a part of it changes, wherever that part comes from. */
@Injectable()
export class StatusFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(StatusFeed.name);
  private timer: NodeJS.Timeout | undefined;
  private gathering: NodeJS.Timeout | undefined;
  private reading = false;

  constructor(
    private readonly statuses: StatusService,
    private readonly bus: BusFeed,
    private readonly hub: LiveHub,
    private readonly notifications: NotificationsService,
  ) {}

  onApplicationBootstrap(): void {
    this.bus.onReport((report) => this.hear(report));
    for (const channel of ['detectors', 'batons', 'intents', 'alarms'] as const) {
      this.notifications.subscribe(channel, () => this.soon());
    }
    this.timer = setInterval(() => void this.refresh(), periodMs);
    void this.refresh();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    clearTimeout(this.gathering);
  }

  private hear(report: AcquisitionReport): void {
    this.statuses.hear(report);
    const status = this.statuses.remembered(report.detector);
    if (status !== undefined) this.send(status);
  }

  private soon(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      void this.refresh();
    }, gatherMs);
  }

  private async refresh(): Promise<void> {
    if (this.reading) return;
    this.reading = true;
    try {
      for (const status of await this.statuses.statuses(null)) {
        this.bus.follow(status.detector);
        this.send(status);
      }
    } catch (error) {
      this.log.debug('the statuses could not be read', error);
    } finally {
      this.reading = false;
    }
  }

  private send(status: DetectorStatus): void {
    const dataAtMs = status.at === null ? Date.now() : Date.parse(status.at);
    this.hub.publish('detector.status', { detector: status.detector }, { header: status, dataAtMs });
  }
}
