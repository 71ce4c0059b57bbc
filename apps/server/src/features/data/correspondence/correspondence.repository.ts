import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PrismaService } from '../../../platform/database/prisma.service.js';
import type { Ancestry, Maker } from './ancestry.js';

const withMap = z.object({ map: z.string() });

@Injectable()
export class CorrespondenceRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** All data sets of the run of one, deleted ones too, with the jobs that made them. */
  async ancestryOf(id: string): Promise<Ancestry> {
    const datasets = await this.prisma.dataset.findMany({
      where: { run: { datasets: { some: { id } } } },
      select: { id: true, dataKind: true, path: true, deletedAt: true, jobId: true },
      orderBy: { id: 'asc' },
    });
    const jobs = await this.prisma.job.findMany({
      where: { id: { in: datasets.flatMap(({ jobId }) => jobId ?? []) } },
      select: {
        id: true,
        stage: true,
        config: true,
        inputs: { select: { port: true, datasetId: true }, orderBy: { position: 'asc' } },
      },
    });
    const makers = new Map(
      jobs.map(({ config, ...job }): [string, Maker] => [
        job.id,
        { stage: job.stage, inputs: job.inputs, map: withMap.safeParse(config).data?.map },
      ]),
    );
    return new Map(
      datasets.map(({ jobId, deletedAt, ...one }) => [
        one.id,
        {
          ...one,
          isDeleted: deletedAt !== null,
          madeBy: jobId === null ? null : (makers.get(jobId) ?? null),
        },
      ]),
    );
  }
}
