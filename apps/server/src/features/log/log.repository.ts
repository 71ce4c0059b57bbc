import { Injectable } from '@nestjs/common';
import { Prisma } from '../../generated/prisma/client.js';
import { NotificationsService } from '../../platform/database/notifications.service.js';
import { type DatabaseClient, PrismaService } from '../../platform/database/prisma.service.js';
import { wordsQuery } from './words-query.js';

export interface LogRow {
  readonly id: bigint;
  readonly at: Date;
  readonly origin: string;
  readonly level: string;
  readonly author: string;
  readonly text: string;
  readonly run: { readonly number: number } | null;
  readonly detector: { readonly name: string };
}
export interface NewLogRow {
  readonly detectorId: string;
  readonly runId?: string | null;
  readonly origin: 'person' | 'system';
  readonly level?: 'info' | 'warning' | 'error';
  readonly author: string;
  readonly text: string;
}
export interface LogFilter {
  readonly detectorId?: string | undefined;
  readonly runId?: string | undefined;
  readonly text?: string | undefined;
  readonly below?: bigint | undefined;
  readonly take: number;
}

const include = { run: { select: { number: true } }, detector: { select: { name: true } } } as const;

@Injectable()
export class LogRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly notifications: NotificationsService,
  ) {}

  /** With a transaction the line appears, and is told of, when that commits. */
  async add(row: NewLogRow, client: DatabaseClient = this.prisma): Promise<LogRow> {
    const added = await client.logEntry.create({ data: row, include });
    await this.notifications.notify('run_log', added.id.toString(), client);
    return added;
  }

  find(id: bigint): Promise<LogRow | null> {
    return this.prisma.logEntry.findUnique({ where: { id }, include });
  }

  /** Lines behind a cursor, oldest first: what a live viewer missed. */
  listAfter(detectorId: string, after: bigint, take: number): Promise<LogRow[]> {
    return this.prisma.logEntry.findMany({
      where: { detectorId, id: { gt: after } },
      orderBy: { id: 'asc' },
      take,
      include,
    });
  }

  /** Lines of a run behind a cursor, oldest first. */
  listOfRun(runId: string, after: bigint, take: number): Promise<LogRow[]> {
    return this.prisma.logEntry.findMany({
      where: { runId, id: { gt: after } },
      orderBy: { id: 'asc' },
      take,
      include,
    });
  }

  /** Newest first. */
  async list({ detectorId, runId, text, below, take }: LogFilter): Promise<LogRow[]> {
    const words = text === undefined ? undefined : wordsQuery(text);
    const conditions = [
      Prisma.sql`true`,
      ...(detectorId === undefined ? [] : [Prisma.sql`detector_id = ${detectorId}::uuid`]),
      ...(runId === undefined ? [] : [Prisma.sql`run_id = ${runId}::uuid`]),
      ...(words === undefined ? [] : [Prisma.sql`words_of("text") @@ to_tsquery('simple', ${words})`]),
      ...(below === undefined ? [] : [Prisma.sql`id < ${below}`]),
    ];
    const ids = await this.prisma.$queryRaw<{ id: bigint }[]>`
      SELECT id FROM log_entry WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY id DESC LIMIT ${take}`;
    return this.prisma.logEntry.findMany({
      where: { id: { in: ids.map((row) => row.id) } },
      orderBy: { id: 'desc' },
      include,
    });
  }
}
