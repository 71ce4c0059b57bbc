import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../platform/database/prisma.service.js';

/** What the validity of parameters needs to know of a run. */
export interface RunMoment {
  readonly id: string;
  readonly detectorId: string;
  readonly number: number;
  readonly mode: string;
  /** When it began; when it was brought in, where that is not known. */
  readonly at: Date;
}

const select = {
  id: true,
  detectorId: true,
  number: true,
  mode: true,
  startedAt: true,
  createdAt: true,
} as const;

@Injectable()
export class RunFacts {
  constructor(private readonly prisma: PrismaService) {}

  async find(id: string): Promise<RunMoment> {
    return toMoment(await this.prisma.run.findUniqueOrThrow({ where: { id }, select }));
  }

  async findNumber(detectorId: string, number: number): Promise<RunMoment | null> {
    const where = { detectorId_number: { detectorId, number } };
    const row = await this.prisma.run.findUnique({ where, select });
    return row === null ? null : toMoment(row);
  }
}

function toMoment({
  startedAt,
  createdAt,
  ...run
}: Omit<RunMoment, 'at'> & { startedAt: Date | null; createdAt: Date }): RunMoment {
  return { ...run, at: startedAt ?? createdAt };
}
