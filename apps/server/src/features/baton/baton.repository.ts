import type { Grant } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { NotificationsService } from '../../platform/database/notifications.service.js';
import { type DatabaseClient, PrismaService } from '../../platform/database/prisma.service.js';
import type { BatonChange, BatonRow, Person } from './baton.rules.js';

export interface PersonWithGrants extends Person {
  readonly grants: readonly Grant[];
}

@Injectable()
export class BatonRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly notifications: NotificationsService,
  ) {}

  async find(detectorId: string): Promise<BatonRow | null> {
    return this.prisma.baton.findUnique({ where: { detectorId } });
  }

  /** Decides under lock: two who reach for it at once are asked one after the other. */
  async change(
    detectorId: string,
    decide: (baton: BatonRow, tx: DatabaseClient) => Promise<BatonChange>,
  ): Promise<BatonRow> {
    return this.prisma.$transaction(async (tx) => this.changeIn(tx, detectorId, decide));
  }

  async changeIn(
    tx: DatabaseClient,
    detectorId: string,
    decide: (baton: BatonRow, tx: DatabaseClient) => Promise<BatonChange>,
  ): Promise<BatonRow> {
    await tx.$executeRaw`INSERT INTO baton (detector_id) VALUES (${detectorId}::uuid) ON CONFLICT DO NOTHING`;
    await tx.$queryRaw`SELECT 1 FROM baton WHERE detector_id = ${detectorId}::uuid FOR UPDATE`;
    const before = await tx.baton.findUniqueOrThrow({ where: { detectorId } });
    const after = await tx.baton.update({ where: { detectorId }, data: await decide(before, tx) });
    await this.notifications.notify('batons', detectorId, tx);
    return after;
  }

  /** Null for nobody, and for one who may not log in any more. */
  async person(name: string): Promise<PersonWithGrants | null> {
    const row = await this.prisma.user.findUnique({
      where: { name },
      include: { grants: { include: { detector: { select: { name: true } } } } },
    });
    if (row === null || row.disabled) return null;
    const grants = row.grants.map((grant) => ({ role: grant.role, detector: grant.detector?.name ?? null }));
    return { id: row.id, name: row.name, grants };
  }
}
