import type { JsonValue } from '@countroom/contracts';
import type { Lineage } from '@countroom/run-model';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Prisma } from '../../../generated/prisma/client.js';
import { type DatabaseClient, PrismaService } from '../../../platform/database/prisma.service.js';

const include = { store: { select: { name: true } } } as const;
export type StoredDataset = Prisma.DatasetGetPayload<{ include: typeof include }>;

export interface FoundRun {
  readonly id: string;
  readonly detectorId: string;
  readonly detector: string;
  readonly number: number;
  /** Whether it is a run of a detector that has not ended yet. */
  readonly isTaken: boolean;
}

export interface NewDataset {
  readonly detectorId: string;
  readonly runId: string;
  readonly dataKind: string;
  readonly lineage: Lineage;
  readonly lineageHash: string;
  readonly path: string;
  readonly rows: bigint;
  readonly bytes: bigint;
  readonly checksum: string;
  readonly report: JsonValue;
  readonly jobId: string;
}

/** What daq_to_raw says when it has read a whole recording. */
const decodingReport = z.object({ input: z.object({ events: z.number().int().nonnegative() }) });

/** Results that are stored, by what they are. */
@Injectable()
export class CatalogueRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Those of the runs that there are, in no order. */
  async findRuns(
    names: readonly { readonly detector: string; readonly number: number }[],
  ): Promise<FoundRun[]> {
    const rows = await this.prisma.run.findMany({
      where: {
        OR: [...new Set(names.map(({ detector }) => detector))].map((name) => ({
          detector: { name },
          number: { in: names.filter(({ detector }) => detector === name).map(({ number }) => number) },
        })),
      },
      select: {
        id: true,
        detectorId: true,
        number: true,
        origin: true,
        endedAt: true,
        detector: { select: { name: true } },
      },
    });
    return rows.map(({ detector, origin, endedAt, ...run }) => ({
      ...run,
      detector: detector.name,
      isTaken: origin === 'live' && endedAt === null,
    }));
  }

  /** What runs have, newest first. */
  ofRuns(runIds: readonly string[]): Promise<StoredDataset[]> {
    return this.prisma.dataset.findMany({
      where: { runId: { in: [...runIds] }, deletedAt: null },
      orderBy: { createdAt: 'desc' },
      include,
    });
  }

  find(id: string): Promise<StoredDataset | null> {
    return this.prisma.dataset.findUnique({ where: { id }, include });
  }

  /** The dataset of a run with this content, or null. */
  findResult(
    runId: string,
    dataKind: string,
    lineageHash: string,
    client: DatabaseClient = this.prisma,
  ): Promise<StoredDataset | null> {
    return client.dataset.findFirst({ where: { runId, dataKind, lineageHash, deletedAt: null }, include });
  }

  /**
   * Puts a result into the catalogue, in the place of one of the same lineage; gives its id and the path of the file that
   * it replaces.
   */
  async put(
    dataset: NewDataset,
    client: DatabaseClient,
  ): Promise<{ id: string; replaced: string | undefined }> {
    const { runId, dataKind, lineageHash } = dataset;
    const store = await client.store.findUniqueOrThrow({ where: { name: 'data' } });
    const before = await client.dataset.findUnique({
      where: { runId_dataKind_lineageHash: { runId, dataKind, lineageHash } },
    });
    const fields = {
      ...dataset,
      lineage: dataset.lineage as unknown as Prisma.InputJsonObject,
      report: dataset.report as Prisma.InputJsonObject,
      storeId: store.id,
      format: 'lh5',
      deletedAt: null,
    };
    const row =
      before === null
        ? await client.dataset.create({ data: fields })
        : await client.dataset.update({
            where: { id: before.id },
            data: { ...fields, createdAt: new Date() },
          });
    await client.$executeRaw`
      UPDATE run SET data_kinds = array_append(data_kinds, ${dataKind})
      WHERE id = ${runId}::uuid AND NOT coalesce(data_kinds, '{}') @> ARRAY[${dataKind}]`;
    if (dataKind === 'raw') await this.fillRecorded(runId, dataset.report, client);
    return { id: row.id, replaced: before === null || before.path === row.path ? undefined : before.path };
  }

  /** Decoding a recording tells how many events it holds. */
  private async fillRecorded(runId: string, report: JsonValue, client: DatabaseClient): Promise<void> {
    const told = decodingReport.safeParse(report);
    if (!told.success) return;
    await client.run.updateMany({
      where: { id: runId, origin: 'imported', recorded: null },
      data: { recorded: BigInt(told.data.input.events) },
    });
  }
}
