import { type Lineage, lineageHash } from '@countroom/run-model';
import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../../generated/prisma/client.js';
import { type DatabaseClient, PrismaService } from '../../../platform/database/prisma.service.js';
import type { DatasetOfRun } from '../datasets/datasets.repository.js';

const include = {
  store: { select: { name: true } },
  run: { select: { number: true } },
  detector: { select: { name: true } },
} as const;

export interface TargetDetector {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}
export interface NewImport {
  readonly runId: string;
  readonly isNewRun: boolean;
  readonly detectorId: string;
  readonly by: string;
  readonly comment: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly dataKind: string;
  readonly lineage: Lineage;
  readonly format: 'lh5' | 'hdf5' | 'daq';
  readonly rows: number | null;
  readonly path: string;
  readonly report: Prisma.InputJsonObject;
}
export interface Registered {
  readonly dataset: DatasetOfRun;
  readonly known: boolean;
}

@Injectable()
export class ImportsRepository {
  constructor(private readonly prisma: PrismaService) {}

  findDetector(name: string): Promise<TargetDetector | null> {
    return this.prisma.detector.findUnique({ where: { name }, select: { id: true, name: true, kind: true } });
  }

  findRun(detectorId: string, number: number): Promise<{ id: string; origin: string } | null> {
    return this.prisma.run.findUnique({
      where: { detectorId_number: { detectorId, number } },
      select: { id: true, origin: true },
    });
  }

  exists(path: string): Promise<boolean> {
    return this.prisma.dataset.count({ where: { path } }).then((count) => count > 0);
  }

  /**
   * The run and dataset of these bytes: those of an earlier import, else new ones, with the detector's next number. `place`
   * puts the file where it belongs before the new ones can be seen.
   */
  register(file: NewImport, place: () => Promise<void>): Promise<Registered> {
    return this.prisma.$transaction(
      async (tx) => {
        // Two that send the same bytes at once: the second waits, then finds what the first has made.
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${file.sha256}, 0))`;
        const known = await tx.dataset.findFirst({
          where: { checksum: file.sha256, jobId: null, deletedAt: null, run: { origin: 'imported' } },
          orderBy: { id: 'asc' },
          include,
        });
        if (known !== null) return { dataset: known, known: true };
        if (file.isNewRun) await this.createRun(tx, file);
        else await this.addKind(tx, file);
        const dataset = await this.createDataset(tx, file);
        await place();
        return { dataset, known: false };
      },
      { timeout: 60_000, maxWait: 20_000 },
    );
  }

  private async createRun(tx: DatabaseClient, file: NewImport): Promise<void> {
    const { runId, detectorId, by, comment, dataKind, rows } = file;
    const { lastRunNumber: number } = await tx.detector.update({
      where: { id: detectorId },
      data: { lastRunNumber: { increment: 1 } },
      select: { lastRunNumber: true },
    });
    const at = new Date();
    await tx.run.create({
      data: {
        id: runId,
        detectorId,
        number,
        origin: 'imported',
        startedAt: at,
        endedAt: at,
        outcome: 'completed',
        by,
        comment,
        dataKinds: [dataKind],
        // A recording tells how many events it holds when it is decoded.
        recorded: dataKind === 'raw' && rows !== null ? BigInt(rows) : null,
      },
    });
  }

  private async addKind(tx: DatabaseClient, { runId, dataKind, rows }: NewImport): Promise<void> {
    // The row is locked first: of two files that come at once neither forgets the other's kind.
    await tx.$executeRaw`SELECT 1 FROM run WHERE id = ${runId}::uuid FOR UPDATE`;
    const { dataKinds, recorded } = await tx.run.findUniqueOrThrow({
      where: { id: runId },
      select: { dataKinds: true, recorded: true },
    });
    await tx.run.update({
      where: { id: runId },
      data: {
        dataKinds: [...new Set([...dataKinds, dataKind])],
        recorded: recorded ?? (dataKind === 'raw' && rows !== null ? BigInt(rows) : null),
      },
    });
  }

  private async createDataset(tx: DatabaseClient, file: NewImport): Promise<DatasetOfRun> {
    const { runId, detectorId, dataKind, lineage, path, format, rows, bytes, sha256, report } = file;
    const store = await tx.store.upsert({ where: { name: 'data' }, create: { name: 'data' }, update: {} });
    return tx.dataset.create({
      data: {
        detectorId,
        runId,
        dataKind,
        lineage: lineage as unknown as Prisma.InputJsonObject,
        lineageHash: lineageHash(lineage),
        storeId: store.id,
        path,
        format,
        rows: rows === null ? null : BigInt(rows),
        bytes: BigInt(bytes),
        checksum: sha256,
        report,
      },
      include,
    });
  }
}
