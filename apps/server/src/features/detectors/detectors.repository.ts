import { Injectable } from '@nestjs/common';
import { NotificationsService } from '../../platform/database/notifications.service.js';
import { type DatabaseClient, PrismaService } from '../../platform/database/prisma.service.js';

export interface DetectorRow {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly kind: string;
  readonly enabled: boolean;
  readonly createdAt: Date;
  readonly configurationVersion: {
    readonly id: string;
    readonly version: number;
    readonly configuration: { readonly id: string; readonly name: string };
  } | null;
}

const include = {
  configurationVersion: {
    select: { id: true, version: true, configuration: { select: { id: true, name: true } } },
  },
} as const;

@Injectable()
export class DetectorsRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly notifications: NotificationsService,
  ) {}

  list(): Promise<DetectorRow[]> {
    return this.prisma.detector.findMany({ orderBy: { name: 'asc' }, include });
  }

  findByName(name: string): Promise<DetectorRow | null> {
    return this.prisma.detector.findUnique({ where: { name }, include });
  }

  /** `complete` runs in the same transaction: a detector and its configuration appear together. */
  create(
    detector: { name: string; title: string; kind: string },
    complete: (id: string, client: DatabaseClient) => Promise<void>,
  ): Promise<DetectorRow> {
    return this.prisma.$transaction(async (transaction) => {
      const { id } = await transaction.detector.create({
        data: { ...detector, goal: { create: {} }, baton: { create: {} } },
      });
      await complete(id, transaction);
      await this.notifications.notify('detectors', id, transaction);
      return transaction.detector.findUniqueOrThrow({ where: { id }, include });
    });
  }

  async update(
    id: string,
    change: { title?: string; enabled?: boolean; configurationVersionId?: string },
  ): Promise<DetectorRow> {
    return this.prisma.$transaction(async (transaction) => {
      const row = await transaction.detector.update({ where: { id }, data: change, include });
      await this.notifications.notify('detectors', id, transaction);
      return row;
    });
  }

  async activate(id: string, configurationVersionId: string, client: DatabaseClient): Promise<void> {
    await client.detector.update({ where: { id }, data: { configurationVersionId } });
  }
}
