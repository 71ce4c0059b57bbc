import type { BenchContent } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../platform/database/prisma.service.js';

export interface BenchRow {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly content: unknown;
  readonly by: string;
  readonly updatedAt: Date;
}

interface BenchKey {
  readonly detectorId: string;
  readonly owner: string;
  readonly name: string;
}

/** Shared benches have no owner. */
export const nobody = '';

@Injectable()
export class BenchesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Shared ones first, then by name. */
  list(detectorId: string, owner: string): Promise<BenchRow[]> {
    return this.prisma.bench.findMany({
      where: { detectorId, owner: { in: [nobody, owner] } },
      orderBy: [{ owner: 'asc' }, { name: 'asc' }],
    });
  }

  find(detectorId: string, id: string): Promise<BenchRow | null> {
    return this.prisma.bench.findFirst({ where: { id, detectorId } });
  }

  count(detectorId: string, owner: string): Promise<number> {
    return this.prisma.bench.count({ where: { detectorId, owner } });
  }

  async isThere({ detectorId, owner, name }: BenchKey): Promise<boolean> {
    return (await this.prisma.bench.count({ where: { detectorId, owner, name } })) > 0;
  }

  save(key: BenchKey, content: BenchContent, by: string): Promise<BenchRow> {
    return this.prisma.bench.upsert({
      where: { detectorId_owner_name: { ...key } },
      create: { ...key, content, by },
      update: { content, by },
    });
  }

  async remove(id: string): Promise<void> {
    await this.prisma.bench.deleteMany({ where: { id } });
  }
}
