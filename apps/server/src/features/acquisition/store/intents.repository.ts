import { type RunCommandName, type RunRequest, runCommandName, runRequest } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import type { Intent as IntentRow, Prisma } from '../../../generated/prisma/client.js';
import type { Lease } from '../../../platform/database/lease.repository.js';
import type { DatabaseClient } from '../../../platform/database/prisma.service.js';
import { PrismaService } from '../../../platform/database/prisma.service.js';
import { FencedWritesRepository } from './fenced-writes.repository.js';

export type IntentOrder =
  | {
      readonly kind: 'run';
      readonly command: RunCommandName;
      readonly run: RunRequest | undefined;
      readonly reason: string;
    }
  | { readonly kind: 'source'; readonly source: string; readonly name: string; readonly params: unknown }
  | { readonly kind: 'unknown'; readonly command: string };

export interface Intent {
  readonly id: string;
  readonly order: IntentOrder;
  readonly goalVersion: number;
  readonly by: string;
}

/** What taking an intent led to: it is ours, the baton has changed hands since, or it is no longer there to take. */
export type TakeResult = 'taken' | 'stale-baton' | 'gone';

export type IntentEventKind = 'progress' | 'completed' | 'failed' | 'refused';

@Injectable()
export class AcquisitionIntentsRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly fenced: FencedWritesRepository,
  ) {}

  /** In the order of acceptance. */
  async pending(detectorId: string): Promise<Intent[]> {
    const rows = await this.prisma.intent.findMany({
      where: { detectorId, status: 'pending' },
      orderBy: { ordinal: 'asc' },
      take: 100,
    });
    return rows.map(toIntent);
  }

  /** Marks an intent as ours. The baton is checked here again, under lock: a hand-over in between makes it stale. */
  async take(lease: Lease, detectorId: string, id: string): Promise<TakeResult> {
    return this.fenced.write(lease, async (tx) => {
      const [baton] = await tx.$queryRaw<{ token: bigint }[]>`
        SELECT token FROM baton WHERE detector_id = ${detectorId}::uuid FOR SHARE`;
      const row = await tx.intent.findUnique({ where: { id } });
      if (row?.status !== 'pending') return 'gone';
      if (row.batonToken < (baton?.token ?? 0n)) return 'stale-baton';
      await tx.intent.update({ where: { id }, data: { status: 'taken' } });
      return 'taken';
    });
  }

  /** Taken by a process that is no more. */
  async leftBehind(detectorId: string): Promise<string[]> {
    const rows = await this.prisma.intent.findMany({
      where: { detectorId, status: 'taken' },
      select: { id: true },
    });
    return rows.map((row) => row.id);
  }

  /** Appends an event; doing it again with the same sequence changes nothing. */
  async addEvent(
    tx: DatabaseClient,
    intentId: string,
    event: {
      readonly sequence: number;
      readonly kind: IntentEventKind;
      readonly message: string;
      readonly result?: unknown;
      readonly at: Date;
    },
  ): Promise<void> {
    const { sequence, kind, message, at } = event;
    const result = event.result === undefined ? {} : { result: event.result as Prisma.InputJsonValue };
    await tx.intentEvent.createMany({
      data: [{ intentId, sequence, kind, message, at, ...result }],
      skipDuplicates: true,
    });
    if (kind !== 'progress') await tx.intent.update({ where: { id: intentId }, data: { status: kind } });
    await tx.$executeRaw`SELECT pg_notify('intents', ${intentId})`;
  }

  async nextSequence(tx: DatabaseClient, intentId: string): Promise<number> {
    return tx.intentEvent.count({ where: { intentId } });
  }
}

function toIntent(row: IntentRow): Intent {
  return { id: row.id, order: toOrder(row), goalVersion: row.goalVersion, by: row.by };
}

function toOrder({ command, payload }: IntentRow): IntentOrder {
  const content = (payload ?? {}) as Record<string, unknown>;
  if (command === 'source-command') {
    const { source, name, params } = content;
    return { kind: 'source', source: textOf(source), name: textOf(name), params };
  }
  const known = runCommandName.safeParse(command);
  if (!known.success) return { kind: 'unknown', command };
  const run = runRequest.safeParse(content['run']);
  return {
    kind: 'run',
    command: known.data,
    run: run.success ? run.data : undefined,
    reason: textOf(content['reason']),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
