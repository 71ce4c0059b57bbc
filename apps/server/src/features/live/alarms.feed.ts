import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { NotificationsService } from '../../platform/database/notifications.service.js';
import { LiveHub } from '../../platform/live/live-hub.js';
import { AlarmsService } from '../alarms/alarms.service.js';

/** Alarms as they are raised, acknowledged and cleared. */
@Injectable()
export class AlarmsFeed implements OnApplicationBootstrap {
  private readonly log = new Logger(AlarmsFeed.name);

  constructor(
    private readonly alarms: AlarmsService,
    private readonly hub: LiveHub,
    private readonly notifications: NotificationsService,
  ) {}

  onApplicationBootstrap(): void {
    this.notifications.subscribe('alarms', (id) => {
      if (id === null || !this.hub.isWanted('alarm.changed', {})) return;
      this.send(id).catch((error: unknown) => this.log.debug('an alarm could not be read', error));
    });
  }

  private async send(id: string): Promise<void> {
    const alarm = await this.alarms.find(id);
    if (alarm !== null) this.hub.publish('alarm.changed', {}, { header: alarm, dataAtMs: Date.now() });
  }
}
