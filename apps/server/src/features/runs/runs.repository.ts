import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../platform/database/prisma.service.js';

const detector = { select: { name: true } } as const;
const summary = { detector } as const;
const detail = {
  detector,
  configurationVersion: { select: { content: true } },
  datasets: {
    where: { deletedAt: null },
    include: { store: { select: { name: true } } },
    orderBy: { id: 'asc' },
  },
  jobs: {
    include: {
      dependsOn: {
        select: { dependsOnId: true, awaitsApproval: true, dependsOn: { select: { status: true } } },
      },
      configurationVersion: {
        select: { version: true, configuration: { select: { id: true, name: true } } },
      },
    },
    orderBy: { ordinal: 'desc' },
    take: 200,
  },
} as const;

export interface RunRow {
  readonly id: string;
  readonly detectorId: string;
  readonly detector: { readonly name: string };
  readonly number: number;
  readonly origin: string;
  readonly mode: string;
  readonly configurationHash: string | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly startedNs: bigint | null;
  readonly endedNs: bigint | null;
  readonly outcome: string | null;
  readonly reason: string;
  readonly by: string;
  readonly tags: readonly string[];
  readonly comment: string;
  readonly quality: string;
  readonly recorded: bigint | null;
  readonly limits: unknown;
  readonly counters: unknown;
  readonly sources: unknown;
  readonly dataKinds: readonly string[];
  readonly processing: string;
}
export interface DatasetRow {
  readonly id: string;
  readonly dataKind: string;
  readonly lineageHash: string;
  readonly lineage: unknown;
  readonly store: { readonly name: string };
  readonly path: string;
  readonly format: string;
  readonly rows: bigint | null;
  readonly bytes: bigint;
  readonly checksum: string | null;
  readonly report: unknown;
  readonly jobId: string | null;
  readonly createdAt: Date;
}
export interface JobRow {
  readonly id: string;
  readonly stage: string;
  readonly status: string;
  readonly priority: number;
  readonly attempt: number;
  readonly progress: number | null;
  readonly progressText: string;
  readonly lineageHash: string;
  readonly configurationVersion: {
    readonly version: number;
    readonly configuration: { readonly id: string; readonly name: string };
  } | null;
  readonly pipelineId: string | null;
  readonly dependsOn: readonly {
    readonly dependsOnId: string;
    readonly awaitsApproval: boolean;
    readonly dependsOn: { readonly status: string };
  }[];
  readonly by: string;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly error: string | null;
  readonly outputDatasetId: string | null;
  readonly fromCatalogue: boolean;
  readonly cancelRequested: boolean;
}
export interface RunDetailRow extends RunRow {
  readonly configurationVersion: { readonly content: unknown } | null;
  readonly datasets: readonly DatasetRow[];
  readonly jobs: readonly JobRow[];
}
export interface RunChange {
  readonly tags?: string[];
  readonly comment?: string;
  readonly quality?: string;
}
export interface BulkChange {
  readonly ids: readonly string[];
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
  readonly quality: string | null;
  readonly comment: string | null;
  /** Only where they are still this. */
  readonly expected: { readonly quality?: string | undefined; readonly comment?: string | undefined };
}

@Injectable()
export class RunsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** In the order of the ids. */
  async byIds(ids: readonly string[]): Promise<RunRow[]> {
    const rows = await this.prisma.run.findMany({ where: { id: { in: [...ids] } }, include: summary });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  findSummary(name: string, number: number): Promise<RunRow | null> {
    return this.prisma.run.findFirst({ where: { detector: { name }, number }, include: summary });
  }

  findDetail(name: string, number: number): Promise<RunDetailRow | null> {
    return this.prisma.run.findFirst({ where: { detector: { name }, number }, include: detail });
  }

  update(id: string, change: RunChange): Promise<RunRow> {
    return this.prisma.run.update({ where: { id }, data: change, include: summary });
  }

  /** One statement over all: each run keeps its own tags except for those named. */
  async bulk({ ids, addTags, removeTags, quality, comment, expected }: BulkChange): Promise<number> {
    return this.prisma.$executeRaw`
      UPDATE run SET
        tags = ARRAY(
          SELECT DISTINCT tag FROM unnest(tags || ${addTags}::text[]) AS tag
          WHERE tag <> ALL(${removeTags}::text[]) ORDER BY tag
        ),
        quality = CASE WHEN quality = coalesce(${expected.quality ?? null}::text, quality)
                       THEN coalesce(${quality}::text, quality) ELSE quality END,
        comment = CASE WHEN comment = coalesce(${expected.comment ?? null}::text, comment)
                       THEN coalesce(${comment}::text, comment) ELSE comment END
      WHERE id = ANY(${ids}::uuid[])`;
  }

  tags(): Promise<{ tag: string; runs: number }[]> {
    return this.prisma.$queryRaw<{ tag: string; runs: number }[]>`
      SELECT tag, count(*)::int AS runs FROM run, unnest(tags) AS tag
      WHERE tags <> '{}' GROUP BY tag ORDER BY runs DESC, tag LIMIT 1000`;
  }
}
