import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../platform/database/prisma.service.js';
import type { UsedByJob, UsedConfiguration } from './run-folder.js';

const version = {
  select: { version: true, hash: true, content: true, configuration: { select: { name: true } } },
} as const;

@Injectable()
export class RunExportRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Null when none was kept with the run. */
  async configuration(runId: string): Promise<UsedConfiguration | null> {
    const row = await this.prisma.run.findUnique({
      where: { id: runId },
      select: { configurationVersion: version },
    });
    const used = row?.configurationVersion ?? null;
    return used === null ? null : { ...used, name: used.configuration.name };
  }

  async jobs(runId: string): Promise<UsedByJob[]> {
    const rows = await this.prisma.job.findMany({
      where: { runId },
      orderBy: { ordinal: 'asc' },
      select: {
        id: true,
        stage: true,
        status: true,
        config: true,
        configurationVersion: {
          select: { version: true, hash: true, configuration: { select: { name: true } } },
        },
      },
    });
    return rows.map(({ id, stage, status, config, configurationVersion: used }) => ({
      id,
      stage,
      status,
      content: config,
      name: used?.configuration.name ?? null,
      version: used?.version ?? null,
      hash: used?.hash ?? null,
    }));
  }
}
