import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../../platform/database/prisma.service.js';

@Injectable()
export class WorkerHeartbeatRepository {
  constructor(private readonly prisma: PrismaService) {}

  async save(id: string, host: string, running: number): Promise<void> {
    const seenAt = new Date();
    await this.prisma.workerHeartbeat.upsert({
      where: { id },
      create: { id, host, seenAt, running },
      update: { seenAt, running },
    });
  }

  async remove(id: string): Promise<void> {
    await this.prisma.workerHeartbeat.deleteMany({ where: { id } });
  }
}
