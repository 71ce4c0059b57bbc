import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../../platform/database/prisma.service.js';
import type { DatasetRow } from '../../runs/runs.repository.js';

const include = {
  store: { select: { name: true } },
  run: { select: { number: true } },
  detector: { select: { name: true } },
} as const;

export interface DatasetOfRun extends DatasetRow {
  readonly run: { readonly number: number };
  readonly detector: { readonly name: string };
  readonly deletedAt: Date | null;
}
export interface DatasetsFilter {
  readonly detector: string | undefined;
  readonly run: number | undefined;
  readonly dataKind: string | undefined;
  /** Newer ones were shown already. */
  readonly below: string | undefined;
  readonly take: number;
}

@Injectable()
export class DatasetsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Newest first: ids grow with time. */
  list({ detector, run, dataKind, below, take }: DatasetsFilter): Promise<DatasetOfRun[]> {
    return this.prisma.dataset.findMany({
      where: {
        deletedAt: null,
        ...(detector === undefined ? {} : { detector: { name: detector } }),
        ...(run === undefined ? {} : { run: { number: run } }),
        ...(dataKind === undefined ? {} : { dataKind }),
        ...(below === undefined ? {} : { id: { lt: below } }),
      },
      orderBy: { id: 'desc' },
      take,
      include,
    });
  }

  find(id: string): Promise<DatasetOfRun | null> {
    return this.prisma.dataset.findUnique({ where: { id }, include });
  }
}
