import { Injectable } from '@nestjs/common';
import { Prisma } from '../../generated/prisma/client.js';
import { PrismaService } from '../database/prisma.service.js';

export interface AuditRow {
  readonly id: bigint;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly outcome: string;
  readonly address: string;
  readonly traceId: string;
}
export type NewAuditRow = Omit<AuditRow, 'id' | 'at'>;

export interface AuditFilter {
  readonly actor: string | undefined;
  readonly action: string | undefined;
  readonly target: string | undefined;
  readonly below: bigint | undefined;
  readonly take: number;
}

/** Rows are written once; the database refuses to change or delete them. */
@Injectable()
export class AuditRepository {
  constructor(private readonly prisma: PrismaService) {}

  async add(row: NewAuditRow): Promise<void> {
    const { before, after, ...rest } = row;
    await this.prisma.auditEntry.create({
      data: { ...rest, before: jsonColumn(before), after: jsonColumn(after) },
    });
  }

  list({ actor, action, target, below, take }: AuditFilter): Promise<AuditRow[]> {
    return this.prisma.auditEntry.findMany({
      where: {
        ...(actor === undefined ? {} : { actor }),
        ...(action === undefined ? {} : { action }),
        ...(target === undefined ? {} : { target: { contains: target, mode: 'insensitive' } }),
        ...(below === undefined ? {} : { id: { lt: below } }),
      },
      orderBy: { id: 'desc' },
      take,
    });
  }
}

function jsonColumn(value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull {
  return value === undefined || value === null ? Prisma.DbNull : value;
}
