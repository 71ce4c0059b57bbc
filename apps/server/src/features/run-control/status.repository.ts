import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../platform/database/prisma.service.js';

const select = {
  id: true,
  name: true,
  title: true,
  enabled: true,
  kind: true,
  goal: true,
  actual: true,
  baton: true,
  alarms: { where: { clearedAt: null }, select: { severity: true } },
} as const;

@Injectable()
export class StatusRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Everything that the status of each live detector is made of, in one look. */
  async live() {
    return this.prisma.detector.findMany({ where: { kind: 'live' }, orderBy: { name: 'asc' }, select });
  }

  async one(name: string) {
    return this.prisma.detector.findUnique({ where: { name }, select });
  }
}

/** Goal, last report, baton and open alarms of a detector. */
export type StatusRow = NonNullable<Awaited<ReturnType<StatusRepository['one']>>>;
