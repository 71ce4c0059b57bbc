import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../platform/database/prisma.service.js';

const aliveMs = 60_000;

@Injectable()
export class SystemRepository {
  constructor(private readonly prisma: PrismaService) {}

  workers(): Promise<{ id: string; host: string; seenAt: Date; running: number }[]> {
    return this.prisma.workerHeartbeat.findMany({
      where: { seenAt: { gt: new Date(Date.now() - aliveMs) } },
      orderBy: { id: 'asc' },
    });
  }

  /** From the job table, which is the truth whatever the queue's backend is. */
  async jobCounts(): Promise<ReadonlyMap<string, number>> {
    const groups = await this.prisma.job.groupBy({
      by: ['status'],
      where: { status: { in: ['waiting', 'queued', 'running', 'failed'] } },
      _count: true,
    });
    return new Map(groups.map((group) => [group.status, group._count]));
  }
}
