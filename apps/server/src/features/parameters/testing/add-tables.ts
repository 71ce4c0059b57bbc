import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import { fileLineage } from '@countroom/pipeline';
import type { NdArray, Table } from '@countroom/records';
import { lineageHash } from '@countroom/run-model';
import type { Prisma } from '../../../generated/prisma/client.js';
import type { JobFixture } from '../../jobs/testing/job-fixture.js';

/** One number per row. */
export function numbers(data: Float64Array, attrs: NdArray['attrs'] = {}): NdArray {
  return { kind: 'array', flavor: 'array', dtype: 'float64', shape: [data.length], data, attrs };
}

/** Adds a run with a file of tables of one kind, as if a stage had made it. */
export async function addTables(
  fixture: JobFixture,
  number: number,
  dataKind: string,
  startedAt: Date,
  tables: Readonly<Record<string, Table>>,
): Promise<void> {
  const { id: runId } = await fixture.addRun(number, 1);
  const { prisma } = fixture.api;
  const run = await prisma.run.update({
    where: { id: runId },
    data: { startedAt, dataKinds: ['daq', dataKind] },
  });
  const path = `${dataKind}/lab/${number}.lh5`;
  const file = join(fixture.data, 'files', path);
  mkdirSync(dirname(file), { recursive: true });
  const writer = await lh5Backend.createWriter(file);
  for (const [table, rows] of Object.entries(tables)) await writer.append(table, rows);
  await writer.close();
  const lineage = fileLineage(dataKind, `${dataKind}-${number}`);
  const store = await prisma.store.findUniqueOrThrow({ where: { name: 'data' } });
  await prisma.dataset.create({
    data: {
      detectorId: run.detectorId,
      runId,
      dataKind,
      lineage: lineage as unknown as Prisma.InputJsonObject,
      lineageHash: lineageHash(lineage),
      storeId: store.id,
      path,
      format: 'lh5',
      bytes: 0n,
    },
  });
}
