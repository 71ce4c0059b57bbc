import type { DatasetInfo } from '@countroom/contracts';
import { type Lineage, lineageHash } from '@countroom/run-model';
import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../../generated/prisma/client.js';
import type { DatabaseClient } from '../../../platform/database/prisma.service.js';
import { liveLineage } from './acquisition-runs.repository.js';

/** A file that a consumer wrote, or the records that it kept. */
export interface ConsumerDataset {
  readonly dataKind: 'results' | 'kept';
  readonly consumer: string;
  readonly file: string;
  readonly path: string;
  readonly format: DatasetInfo['format'];
  readonly rows: bigint | null;
  readonly bytes: bigint;
  /** Null while the file still grows. */
  readonly checksum: string | null;
  readonly report: unknown;
}

export interface RunOfResults {
  readonly detectorId: string;
  readonly runId: string;
  readonly configurationHash: string;
}

/** The settings of the consumer stand in the configuration, which its hash names. */
export function consumerLineage(
  configurationHash: string,
  { dataKind, consumer, file }: Pick<ConsumerDataset, 'dataKind' | 'consumer' | 'file'>,
): Lineage {
  const options = { configurationHash, consumer, file };
  return { dataKind, stage: 'consumer', version: '1', options, inputs: [liveLineage(configurationHash)] };
}

@Injectable()
export class AcquisitionResultsRepository {
  /** Registers files or brings what is known of them up to date; one that is whole is not taken for growing again. */
  async put(
    tx: DatabaseClient,
    { detectorId, runId, configurationHash }: RunOfResults,
    files: readonly ConsumerDataset[],
  ): Promise<void> {
    const { id: storeId } = await tx.store.upsert({
      where: { name: 'data' },
      create: { name: 'data' },
      update: {},
    });
    for (const { consumer, file, ...facts } of files) {
      const { path, dataKind, rows, bytes, checksum } = facts;
      const found = { rows, bytes, checksum, ...reportOf(facts) };
      const growing = checksum === null ? { checksum: null } : {};
      const { count } = await tx.dataset.updateMany({ where: { storeId, path, ...growing }, data: found });
      if (count > 0) continue;
      const lineage = consumerLineage(configurationHash, { dataKind, consumer, file });
      const what = { detectorId, runId, storeId, dataKind, path, format: facts.format };
      const origin = {
        lineage: lineage as unknown as Prisma.InputJsonValue,
        lineageHash: lineageHash(lineage),
      };
      await tx.dataset.createMany({ data: [{ ...what, ...origin, ...found }], skipDuplicates: true });
    }
    for (const kind of new Set(files.map(({ dataKind }) => dataKind)))
      await tx.$executeRaw`
        UPDATE run SET data_kinds = array_append(data_kinds, ${kind})
        WHERE id = ${runId}::uuid AND NOT coalesce(data_kinds, '{}') @> ARRAY[${kind}]`;
  }
}

function reportOf({ report }: Pick<ConsumerDataset, 'report'>): { report?: Prisma.InputJsonValue } {
  return report === null ? {} : { report: report as Prisma.InputJsonValue };
}
