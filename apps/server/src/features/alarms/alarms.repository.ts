import type { AlarmSeverity } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { NotificationsService } from '../../platform/database/notifications.service.js';
import { PrismaService } from '../../platform/database/prisma.service.js';

export interface AlarmKey {
  /** Null for what concerns the installation. */
  readonly detectorId: string | null;
  readonly subject: string;
  readonly code: string;
}
export interface NewAlarm extends AlarmKey {
  readonly severity: AlarmSeverity;
  readonly message: string;
}
export interface AlarmRow {
  readonly id: string;
  readonly detectorId: string | null;
  readonly detector: { readonly name: string } | null;
  readonly subject: string;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly raisedAt: Date;
  readonly clearedAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly comment: string | null;
  readonly occurrences: number;
}
export interface AlarmFilter {
  readonly active: boolean;
  readonly detector: string | undefined;
  readonly below: string | undefined;
  readonly take: number;
}

const include = { detector: { select: { name: true } } } as const;
const order = ['info', 'warning', 'alarm'];

@Injectable()
export class AlarmsRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly notifications: NotificationsService,
  ) {}

  /** Newest first: ids grow with time. */
  list({ active, detector, below, take }: AlarmFilter): Promise<AlarmRow[]> {
    return this.prisma.alarm.findMany({
      where: {
        clearedAt: active ? null : { not: null },
        ...(detector === undefined ? {} : { detector: { name: detector } }),
        ...(below === undefined ? {} : { id: { lt: below } }),
      },
      orderBy: { id: 'desc' },
      take,
      include,
    });
  }

  find(id: string): Promise<AlarmRow | null> {
    return this.prisma.alarm.findUnique({ where: { id }, include });
  }

  openOf(codes: readonly string[]): Promise<AlarmKey[]> {
    return this.prisma.alarm.findMany({
      where: { clearedAt: null, code: { in: [...codes] } },
      select: { detectorId: true, subject: true, code: true },
    });
  }

  /** One row per cause while it lasts, whoever raises it and however often. Returns whether it is a new one. */
  async raise(alarm: NewAlarm): Promise<boolean> {
    for (;;) {
      const open = await this.prisma.alarm.findFirst({ where: keyOf(alarm) });
      if (open !== null) {
        await this.repeat(open, alarm);
        return false;
      }
      try {
        const { id } = await this.prisma.alarm.create({ data: alarm });
        await this.notifications.notify('alarms', id);
        return true;
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
      }
    }
  }

  /** Returns whether there was one. */
  async clear(key: AlarmKey): Promise<boolean> {
    const cleared = await this.prisma.alarm.updateManyAndReturn({
      where: keyOf(key),
      data: { clearedAt: new Date() },
      select: { id: true },
    });
    for (const { id } of cleared) await this.notifications.notify('alarms', id);
    return cleared.length > 0;
  }

  async acknowledge(
    where: { id?: string; detectorId?: string },
    by: string,
    comment: string | null = null,
  ): Promise<number> {
    const rows = await this.prisma.alarm.updateManyAndReturn({
      where: { ...where, acknowledgedAt: null },
      data: { acknowledgedAt: new Date(), acknowledgedBy: by, comment },
      select: { id: true },
    });
    for (const { id } of rows) await this.notifications.notify('alarms', id);
    return rows.length;
  }

  /** What has become worse since somebody acknowledged it needs another look. */
  private async repeat(
    open: { id: string; severity: string; message: string },
    alarm: NewAlarm,
  ): Promise<void> {
    const worse = order.indexOf(alarm.severity) > order.indexOf(open.severity);
    const changed = alarm.severity !== open.severity || alarm.message !== open.message;
    await this.prisma.alarm.update({
      where: { id: open.id },
      data: {
        occurrences: { increment: 1 },
        severity: alarm.severity,
        message: alarm.message,
        ...(worse ? { acknowledgedAt: null, acknowledgedBy: null, comment: null } : {}),
      },
    });
    if (changed) await this.notifications.notify('alarms', open.id);
  }
}

function keyOf({ detectorId, subject, code }: AlarmKey): AlarmKey & { clearedAt: null } {
  return { detectorId, subject, code, clearedAt: null };
}
