import type { RunCounters, RunRequest } from '@countroom/contracts';
import type { SourceRecount } from '@countroom/drivers';
import { type Lineage, lineageHash } from '@countroom/run-model';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Prisma } from '../../../generated/prisma/client.js';
import type { DatabaseClient } from '../../../platform/database/prisma.service.js';
import { PrismaService } from '../../../platform/database/prisma.service.js';
import type { RunEnd } from '../machine/detector-machine.js';
import type { StoredConfiguration } from '../machine/machine-environment.js';
import { recounted, type StoredSource } from './recount.js';

export interface RunToCreate {
  readonly id: string;
  readonly detectorId: string;
  readonly configuration: StoredConfiguration;
  readonly request: RunRequest;
  readonly by: string;
}

export interface RunToClose extends RunEnd {
  readonly id: string;
  readonly startedNs: bigint | null;
  readonly endedNs: bigint;
  readonly counters: RunCounters;
  readonly sources: readonly {
    readonly name: string;
    readonly driver: string;
    readonly counters: RunCounters;
  }[];
}

/** A run whose data still lie in the spool: left open by a dead process, or not packed yet. */
export interface UnfinishedRun {
  readonly id: string;
  readonly number: number;
  readonly isOpen: boolean;
  readonly spoolPath: string | null;
  readonly startedNs: bigint | null;
  readonly configurationHash: string | null;
}

export interface RawDataset {
  readonly detectorId: string;
  readonly runId: string;
  readonly configurationHash: string;
  readonly path: string;
  readonly rows: bigint;
  readonly bytes: number;
  readonly checksum: string;
  readonly report: unknown;
  /** What its spool tells, where the counters of a run cut off are not to be trusted. */
  readonly recount: readonly SourceRecount[] | undefined;
}

/** Where the file of a run taken live comes from; the run itself is a separate key of the catalogue. */
export function liveLineage(configurationHash: string): Lineage {
  return { dataKind: 'raw', stage: 'acquisition', version: '1', options: { configurationHash }, inputs: [] };
}

export function spoolPathOf(detector: string, number: number, runId: string): string {
  return `spool/${detector}/${String(number).padStart(6, '0')}-${runId}`;
}

@Injectable()
export class AcquisitionRunsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Creates the run and gives it the next number of its detector, both or neither: numbers have no gaps. */
  async create(
    tx: DatabaseClient,
    run: RunToCreate,
    detector: string,
  ): Promise<{ number: number; spoolPath: string }> {
    const { lastRunNumber: number } = await tx.detector.update({
      where: { id: run.detectorId },
      data: { lastRunNumber: { increment: 1 } },
      select: { lastRunNumber: true },
    });
    const spoolPath = spoolPathOf(detector, number, run.id);
    const { tags, comment, limits } = run.request;
    await tx.run.create({
      data: {
        id: run.id,
        detectorId: run.detectorId,
        number,
        origin: 'live',
        mode: run.configuration.name,
        configurationVersionId: run.configuration.versionId,
        configurationHash: run.configuration.hash,
        by: run.by,
        tags: [...new Set(tags)],
        comment,
        limits: limits,
        spoolPath,
      },
    });
    return { number, spoolPath };
  }

  async begun(tx: DatabaseClient, id: string, startedNs: bigint): Promise<void> {
    await tx.run.update({ where: { id }, data: { startedNs, startedAt: dateOf(startedNs) } });
  }

  /** Closes a run; one that is closed already stays as it is. */
  async close(tx: DatabaseClient, run: RunToClose): Promise<boolean> {
    const { outcome, reason, endedNs, startedNs, counters, sources } = run;
    const { count } = await tx.run.updateMany({
      where: { id: run.id, endedAt: null },
      data: {
        outcome,
        reason,
        endedNs,
        endedAt: dateOf(endedNs),
        ...(startedNs === null ? {} : { startedNs, startedAt: dateOf(startedNs) }),
        counters,
        sources: sources,
        recorded: BigInt(counters.recorded),
        liveTimeNs: BigInt(counters.liveTimeNs),
      },
    });
    return count === 1;
  }

  async unfinished(detectorId: string): Promise<UnfinishedRun[]> {
    const rows = await this.prisma.run.findMany({
      where: { detectorId, origin: 'live', OR: [{ endedAt: null }, { spoolPath: { not: null } }] },
      orderBy: { number: 'asc' },
    });
    return rows.map((row) => ({ ...row, isOpen: row.endedAt === null }));
  }

  /** Registers a packed run and takes its spool off the books. Doing it twice does nothing more. */
  async registerRaw(tx: DatabaseClient, dataset: RawDataset): Promise<void> {
    const store = await tx.store.upsert({ where: { name: 'data' }, create: { name: 'data' }, update: {} });
    const lineage = liveLineage(dataset.configurationHash);
    const { detectorId, runId, path, rows, checksum } = dataset;
    await tx.dataset.createMany({
      data: [
        {
          detectorId,
          runId,
          dataKind: 'raw',
          lineage: lineage as unknown as Prisma.InputJsonValue,
          lineageHash: lineageHash(lineage),
          storeId: store.id,
          path,
          format: 'lh5',
          rows,
          bytes: BigInt(dataset.bytes),
          checksum,
          report: dataset.report as Prisma.InputJsonValue,
        },
      ],
      skipDuplicates: true,
    });
    const run = await tx.run.findUniqueOrThrow({
      where: { id: runId },
      select: { dataKinds: true, sources: true, configurationVersion: { select: { content: true } } },
    });
    const { recount } = dataset;
    const counted = recount === undefined ? {} : recountOf(run, recount);
    await tx.run.update({
      where: { id: runId },
      data: { spoolPath: null, dataKinds: [...new Set([...run.dataKinds, 'raw'])], ...counted },
    });
  }

  /** A run of which nothing was written has nothing to pack. */
  async forgetSpool(tx: DatabaseClient, runId: string): Promise<void> {
    await tx.run.update({ where: { id: runId }, data: { spoolPath: null } });
  }
}

const configuredSources = z.object({ sources: z.array(z.object({ name: z.string(), driver: z.string() })) });

function recountOf(
  run: { readonly sources: unknown; readonly configurationVersion: { readonly content: unknown } | null },
  recount: readonly SourceRecount[],
) {
  const configured = configuredSources.safeParse(run.configurationVersion?.content).data?.sources ?? [];
  const { counters, sources } = recounted(
    (run.sources ?? []) as unknown as readonly StoredSource[],
    recount,
    (name) => configured.find((source) => source.name === name)?.driver ?? '',
  );
  return {
    counters,
    sources: [...sources],
    recorded: BigInt(counters.recorded),
    liveTimeNs: BigInt(counters.liveTimeNs),
  };
}

function dateOf(epochNs: bigint): Date {
  return new Date(Number(epochNs / 1_000_000n));
}
