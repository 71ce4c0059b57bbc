import type { AlarmSeverity } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { type DatabaseClient, PrismaService } from '../../../platform/database/prisma.service.js';
import { uuidV7 } from '../../../platform/database/uuid-v7.js';

export interface AlarmCondition {
  readonly subject: string;
  readonly code: string;
  readonly severity: AlarmSeverity;
  readonly message: string;
}

/** Alarms that acquisition raises and clears by itself; people acknowledge them elsewhere. */
@Injectable()
export class AcquisitionAlarmsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** An alarm that is open already is not raised again, but says the newest. */
  async raise(tx: DatabaseClient, detectorId: string, alarm: AlarmCondition): Promise<void> {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO alarm (id, detector_id, subject, code, severity, message)
      VALUES (${uuidV7()}::uuid, ${detectorId}::uuid, ${alarm.subject}, ${alarm.code}, ${alarm.severity}, ${alarm.message})
      ON CONFLICT (detector_id, subject, code) WHERE cleared_at IS NULL
      DO UPDATE SET message = excluded.message, severity = excluded.severity, occurrences = alarm.occurrences + 1
      RETURNING id::text`;
    await this.tell(tx, rows);
  }

  async clear(
    tx: DatabaseClient,
    detectorId: string,
    alarm: Pick<AlarmCondition, 'subject' | 'code'>,
  ): Promise<void> {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      UPDATE alarm SET cleared_at = clock_timestamp()
      WHERE detector_id = ${detectorId}::uuid AND subject = ${alarm.subject} AND code = ${alarm.code}
        AND cleared_at IS NULL
      RETURNING id::text`;
    await this.tell(tx, rows);
  }

  /** Open ones of earlier processes, to be cleared when their cause is not seen any more. */
  async openOf(detectorId: string, codes: readonly string[]): Promise<{ subject: string; code: string }[]> {
    return this.prisma.alarm.findMany({
      where: { detectorId, clearedAt: null, code: { in: [...codes] } },
      select: { subject: true, code: true },
    });
  }

  private async tell(tx: DatabaseClient, rows: readonly { readonly id: string }[]): Promise<void> {
    for (const { id } of rows) await tx.$executeRaw`SELECT pg_notify('alarms', ${id})`;
  }
}
