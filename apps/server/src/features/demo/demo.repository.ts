import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../platform/database/prisma.service.js';

const seededKey = 'demo.seeded';
const seedLock = 0x64656d6f;

@Injectable()
export class DemoRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Makes processes that start at the same time wait for each other. */
  async exclusively(work: () => Promise<void>): Promise<void> {
    await this.prisma.$transaction(
      async (transaction) => {
        await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${seedLock})`;
        await work();
      },
      { timeout: 60_000, maxWait: 60_000 },
    );
  }

  async isSeeded(): Promise<boolean> {
    return (await this.prisma.appSetting.findUnique({ where: { key: seededKey } })) !== null;
  }

  async markSeeded(): Promise<void> {
    await this.prisma.appSetting.create({ data: { key: seededKey, value: true } });
  }

  async addStore(name: string): Promise<void> {
    await this.prisma.store.upsert({ where: { name }, create: { name }, update: {} });
  }
}
