import { type ConfigurationKind } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../generated/prisma/client.js';
import { type DatabaseClient, PrismaService } from '../../platform/database/prisma.service.js';
import type { Content } from './content-check.js';

export interface VersionRow {
  readonly id: string;
  readonly configurationId: string;
  readonly version: number;
  readonly hash: string;
  readonly content: unknown;
  readonly comment: string;
  readonly author: string;
  readonly createdAt: Date;
}
export interface ConfigurationRow {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly description: string;
  readonly detectorId: string | null;
  readonly detector: { readonly name: string } | null;
  readonly createdAt: Date;
  /** The latest only. */
  readonly versions: readonly Pick<VersionRow, 'id' | 'version' | 'hash' | 'createdAt'>[];
}
export interface NewVersion {
  readonly content: Content;
  readonly hash: string;
  readonly comment: string;
  readonly author: string;
}
export interface NewConfiguration extends NewVersion {
  readonly kind: ConfigurationKind;
  readonly name: string;
  readonly detectorId: string | null;
  readonly description: string;
}

const include = {
  detector: { select: { name: true } },
  versions: {
    select: { id: true, version: true, hash: true, createdAt: true },
    orderBy: { version: 'desc' },
    take: 1,
  },
} as const;

@Injectable()
export class ConfigurationsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** A detector's own and those for every detector. */
  list(filter: { kind: string | undefined; detectorId: string | undefined }): Promise<ConfigurationRow[]> {
    const { kind, detectorId } = filter;
    return this.prisma.configuration.findMany({
      where: {
        ...(kind === undefined ? {} : { kind }),
        ...(detectorId === undefined ? {} : { OR: [{ detectorId }, { detectorId: null }] }),
      },
      orderBy: [{ kind: 'asc' }, { name: 'asc' }, { id: 'asc' }],
      include,
    });
  }

  find(id: string): Promise<ConfigurationRow | null> {
    return this.prisma.configuration.findUnique({ where: { id }, include });
  }

  /** One that is for every detector. */
  findShared(kind: ConfigurationKind, name: string): Promise<ConfigurationRow | null> {
    return this.prisma.configuration.findFirst({ where: { kind, name, detectorId: null }, include });
  }

  versions(configurationId: string): Promise<VersionRow[]> {
    return this.prisma.configurationVersion.findMany({
      where: { configurationId },
      orderBy: { version: 'desc' },
    });
  }

  findVersion(
    id: string,
  ): Promise<(VersionRow & { configuration: { kind: string; detectorId: string | null } }) | null> {
    return this.prisma.configurationVersion.findUnique({ where: { id }, include: { configuration: true } });
  }

  create(
    { content, hash, comment, author, ...configuration }: NewConfiguration,
    client: DatabaseClient = this.prisma,
  ): Promise<ConfigurationRow> {
    const first = { version: 1, content: content as Prisma.InputJsonObject, hash, comment, author };
    return client.configuration.create({
      data: { ...configuration, versions: { create: first } },
      include,
    });
  }

  /**
   * The version that has this content, or a new one. Null when `basedOn` is not the latest any more; two who add
   * at once wait for each other.
   */
  addVersion(
    configurationId: string,
    { content, ...version }: NewVersion,
    basedOn: number | undefined,
  ): Promise<VersionRow | null> {
    return this.prisma.$transaction(async (transaction) => {
      await transaction.$queryRaw`SELECT id FROM configuration WHERE id = ${configurationId}::uuid FOR UPDATE`;
      const same = await transaction.configurationVersion.findUnique({
        where: { configurationId_hash: { configurationId, hash: version.hash } },
      });
      if (same !== null) return same;
      const latest = await transaction.configurationVersion.findFirstOrThrow({
        where: { configurationId },
        orderBy: { version: 'desc' },
        select: { version: true },
      });
      if (basedOn !== undefined && basedOn !== latest.version) return null;
      const data = { ...version, content: content as Prisma.InputJsonObject, configurationId };
      return transaction.configurationVersion.create({ data: { ...data, version: latest.version + 1 } });
    });
  }
}
