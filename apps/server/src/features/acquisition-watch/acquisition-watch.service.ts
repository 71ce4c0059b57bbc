import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AlarmsService } from '../alarms/alarms.service.js';
import { LogService } from '../log/log.service.js';
import { StatusService } from '../run-control/status.service.js';
import { SilenceWatch, silenceCodes } from './silence-watch.js';

const lookMs = 1_000;

/** Raises an alarm when the acquisition process of a detector stops answering; clears it when it answers again. */
@Injectable()
export class AcquisitionWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(AcquisitionWatch.name);
  private readonly watch = new SilenceWatch();
  private adopted = false;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly statuses: StatusService,
    private readonly alarms: AlarmsService,
    private readonly lines: LogService,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.looking ??= this.look().finally(() => {
        this.looking = undefined;
      });
    }, lookMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  private async look(): Promise<void> {
    try {
      if (!this.adopted) this.watch.adopt(await this.alarms.openOf(silenceCodes));
      this.adopted = true;
      const { raise, clear } = this.watch.look(await this.statuses.reachability(), performance.now());
      for (const alarm of raise) {
        const isNew = await this.alarms.raise(alarm);
        if (isNew && alarm.code === 'acquisition.unreachable')
          await this.note(alarm.detectorId, 'error', alarm.message);
      }
      for (const key of clear) {
        const wasOpen = await this.alarms.clear(key);
        if (wasOpen && key.code === 'acquisition.unreachable')
          await this.note(key.detectorId, 'info', 'The acquisition process answers again.');
      }
    } catch (error) {
      // Without the database nobody can be told; the alarms that are open are read again when it is back.
      this.adopted = false;
      this.log.debug('the acquisition processes could not be looked after', error);
    }
  }

  private async note(detectorId: string | null, level: 'info' | 'error', text: string): Promise<void> {
    if (detectorId === null) return;
    await this.lines.write({ detectorId, origin: 'system', level, author: 'system', text });
  }
}
