import type { RunCommandName } from '@countroom/contracts';
import { type Goal, goalOf } from '@countroom/run-model';
import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../generated/prisma/client.js';
import { NotificationsService } from '../../platform/database/notifications.service.js';
import { type DatabaseClient, PrismaService } from '../../platform/database/prisma.service.js';

export interface GoalRow extends Goal {
  readonly version: number;
}

export interface NewIntent {
  readonly detectorId: string;
  readonly idempotencyKey: string;
  readonly command: string;
  readonly payload: unknown;
  readonly goalVersion: number;
  readonly batonToken: bigint;
  readonly by: string;
  readonly userId: string;
}

/** What tells whether two commands are the same. */
export interface KnownIntent {
  readonly id: string;
  readonly command: string;
  readonly by: string;
  readonly payload: unknown;
}

export interface IntentRow {
  readonly id: string;
  readonly command: string;
  readonly payload: unknown;
  readonly by: string;
  readonly createdAt: Date;
  readonly detector: { readonly name: string };
  readonly events: readonly {
    readonly sequence: number;
    readonly at: Date;
    readonly kind: string;
    readonly message: string;
    readonly result: unknown;
  }[];
}

const include = {
  detector: { select: { name: true } },
  events: { orderBy: { sequence: 'asc' } },
} as const;

@Injectable()
export class IntentsRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly notifications: NotificationsService,
  ) {}

  async transaction<T>(work: (tx: DatabaseClient) => Promise<T>): Promise<T> {
    return this.prisma.$transaction(work, { maxWait: 10_000, timeout: 15_000 });
  }

  /** Commands to one detector are accepted one after the other. */
  async lockGoal(tx: DatabaseClient, detectorId: string): Promise<GoalRow> {
    await tx.$executeRaw`INSERT INTO detector_goal (detector_id) VALUES (${detectorId}::uuid) ON CONFLICT DO NOTHING`;
    await tx.$queryRaw`SELECT 1 FROM detector_goal WHERE detector_id = ${detectorId}::uuid FOR UPDATE`;
    const row = await tx.detectorGoal.findUniqueOrThrow({ where: { detectorId } });
    return { state: row.state as Goal['state'], paused: row.paused, version: row.version };
  }

  async setGoal(
    tx: DatabaseClient,
    detectorId: string,
    before: GoalRow,
    order: { readonly command: RunCommandName; readonly by: string },
  ): Promise<number> {
    const { state, paused } = goalOf(order.command, before);
    const { version } = await tx.detectorGoal.update({
      where: { detectorId },
      data: { state, paused, by: order.by, since: new Date(), version: { increment: 1 } },
    });
    return version;
  }

  /** Answers with the id of the command. */
  async add(tx: DatabaseClient, { payload, ...intent }: NewIntent, acknowledgement: string): Promise<string> {
    const { id } = await tx.intent.create({ data: { ...intent, payload: payload as Prisma.InputJsonValue } });
    await tx.intentEvent.create({
      data: { intentId: id, sequence: 0, kind: 'acknowledged', message: acknowledgement },
    });
    await this.notifications.notify('intents', intent.detectorId, tx);
    return id;
  }

  async findByKey(
    tx: DatabaseClient,
    detectorId: string,
    idempotencyKey: string,
  ): Promise<KnownIntent | null> {
    return tx.intent.findUnique({
      where: { detectorId_idempotencyKey: { detectorId, idempotencyKey } },
      select: { id: true, command: true, by: true, payload: true },
    });
  }

  async find(detectorId: string, id: string): Promise<IntentRow | null> {
    return this.prisma.intent.findFirst({ where: { id, detectorId }, include });
  }
}
