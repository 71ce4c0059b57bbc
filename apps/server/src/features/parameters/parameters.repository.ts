import type { ParameterStatus } from '@countroom/contracts';
import type { ParameterTree, ValidityMode } from '@countroom/parameters';
import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../generated/prisma/client.js';
import { type DatabaseClient, PrismaService } from '../../platform/database/prisma.service.js';

const owner = { detector: { select: { name: true } } } as const;
const withSet = { set: { select: { name: true, detectorId: true, ...owner } } } as const;

export type SetRow = Prisma.ParameterSetGetPayload<{ include: typeof owner }>;
export type VersionRow = Prisma.ParameterVersionGetPayload<{ include: typeof withSet }>;

export interface NewVersion {
  readonly document: string;
  readonly hash: string;
  readonly content: ParameterTree;
  readonly mode: ValidityMode;
  readonly targets: readonly string[];
  readonly category: string;
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly firstRun: number | null;
  readonly lastRun: number | null;
  readonly note: string;
  readonly author: string;
  readonly jobId: string | null;
  readonly datasetIds: readonly string[];
}

/** Who decided, and how. */
export interface Decision {
  readonly status: Exclude<ParameterStatus, 'proposed'>;
  readonly by: string;
  readonly note: string;
}

@Injectable()
export class ParametersRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** A detector's own and those for every detector; all without one. */
  sets(detectorId: string | undefined): Promise<SetRow[]> {
    return this.prisma.parameterSet.findMany({
      where: detectorId === undefined ? {} : { OR: [{ detectorId }, { detectorId: null }] },
      orderBy: [{ name: 'asc' }, { createdAt: 'asc' }],
      include: owner,
    });
  }

  findSet(id: string): Promise<SetRow | null> {
    return this.prisma.parameterSet.findUnique({ where: { id }, include: owner });
  }

  versions(setIds: readonly string[], status?: ParameterStatus): Promise<VersionRow[]> {
    return this.prisma.parameterVersion.findMany({
      where: { setId: { in: [...setIds] }, ...(status === undefined ? {} : { status }) },
      orderBy: { version: 'desc' },
      include: withSet,
    });
  }

  findVersion(id: string): Promise<VersionRow | null> {
    return this.prisma.parameterVersion.findUnique({ where: { id }, include: withSet });
  }

  /** Versions that were made of a data set, newest first. */
  ofDataset(datasetId: string): Promise<VersionRow[]> {
    return this.prisma.parameterVersion.findMany({
      where: { datasetIds: { has: datasetId } },
      orderBy: { createdAt: 'desc' },
      include: withSet,
    });
  }

  /** Approved versions of the set of this name: those of the detector, and those for every detector. */
  async approved(
    name: string,
    detectorId: string | null,
  ): Promise<{ own: VersionRow[]; shared: VersionRow[] }> {
    const rows = await this.prisma.parameterVersion.findMany({
      where: {
        status: 'approved',
        set: { name, OR: [{ detectorId: null }, ...(detectorId === null ? [] : [{ detectorId }])] },
      },
      orderBy: { version: 'asc' },
      include: withSet,
    });
    return {
      own: rows.filter(({ set }) => set.detectorId !== null),
      shared: rows.filter(({ set }) => set.detectorId === null),
    };
  }

  /**
   * Adds versions in their order to the set of this name, which is made when there is none. One that is there already, and
   * was not rejected, is taken instead. Two who add at once wait for each other.
   */
  async add(
    set: { readonly name: string; readonly detectorId: string | null },
    versions: readonly NewVersion[],
    decision: Decision | undefined,
  ): Promise<{ row: VersionRow; known: boolean }[]> {
    return this.prisma.$transaction(
      async (client) => {
        const setId = await this.lockSet(set, client);
        const last = await client.parameterVersion.aggregate({ where: { setId }, _max: { version: true } });
        let next = (last._max.version ?? 0) + 1;
        const added: { row: VersionRow; known: boolean }[] = [];
        for (const version of versions) {
          const same = await client.parameterVersion.findFirst({
            where: { setId, hash: version.hash, status: { not: 'rejected' } },
            include: withSet,
          });
          if (same !== null) {
            const decided = decision === undefined ? null : await this.decideIn(client, same.id, decision);
            added.push({ row: decided ?? same, known: true });
            continue;
          }
          const data = {
            ...version,
            setId,
            version: next++,
            content: version.content as Prisma.InputJsonObject,
            targets: [...version.targets],
            datasetIds: [...version.datasetIds],
            ...(decision === undefined ? {} : decided(decision)),
          };
          added.push({ row: await client.parameterVersion.create({ data, include: withSet }), known: false });
        }
        return added;
      },
      { timeout: 60_000 },
    );
  }

  /** Names of the documents of a set, without those that were rejected; none where there is no set. */
  async documents(set: { readonly name: string; readonly detectorId: string | null }): Promise<string[]> {
    const rows = await this.prisma.parameterVersion.findMany({
      where: { set, status: { not: 'rejected' } },
      distinct: ['document'],
      orderBy: { document: 'asc' },
      select: { document: true },
    });
    return rows.map(({ document }) => document);
  }

  /** Null when it was decided on already. */
  decide(id: string, decision: Decision): Promise<VersionRow | null> {
    return this.decideIn(this.prisma, id, decision);
  }

  private async decideIn(client: DatabaseClient, id: string, decision: Decision): Promise<VersionRow | null> {
    const { count } = await client.parameterVersion.updateMany({
      where: { id, status: 'proposed' },
      data: decided(decision),
    });
    return count === 0 ? null : client.parameterVersion.findUnique({ where: { id }, include: withSet });
  }

  private async lockSet(
    { name, detectorId }: { readonly name: string; readonly detectorId: string | null },
    client: DatabaseClient,
  ): Promise<string> {
    await client.$executeRaw`
      INSERT INTO parameter_set (id, name, detector_id) VALUES (gen_random_uuid(), ${name}, ${detectorId}::uuid)
      ON CONFLICT DO NOTHING`;
    const [row] = await client.$queryRaw<{ id: string }[]>`
      SELECT id FROM parameter_set
      WHERE name = ${name} AND detector_id IS NOT DISTINCT FROM ${detectorId}::uuid FOR UPDATE`;
    return row!.id;
  }
}

function decided({ status, by, note }: Decision) {
  return { status, decidedBy: by, decidedAt: new Date(), decisionNote: note };
}
