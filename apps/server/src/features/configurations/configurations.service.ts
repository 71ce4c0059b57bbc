import { createHash } from 'node:crypto';
import {
  AppError,
  type ConfigurationInfo,
  type ConfigurationKind,
  type ConfigurationVersion,
  canonicalJson,
  configurationKind,
  type endpoints,
  type InputOf,
} from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { demandRole } from '../../platform/auth/demand-role.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import type { DatabaseClient } from '../../platform/database/prisma.service.js';
import { noteAudit } from '../../platform/http/audit-note.js';
import { DetectorLookup } from '../detectors/detector-lookup.js';
import { toConfiguration, toVersion } from './configurations.mapper.js';
import {
  type ConfigurationRow,
  ConfigurationsRepository,
  type NewConfiguration,
} from './configurations.repository.js';
import { type Content, checkContent } from './content-check.js';

type Configurations = typeof endpoints.configurations;

interface FirstVersion {
  readonly kind: ConfigurationKind;
  readonly name: string;
  readonly detectorId: string | null;
  readonly content: unknown;
  readonly by: string;
  readonly description?: string;
  readonly comment?: string;
}

@Injectable()
export class ConfigurationsService {
  constructor(
    private readonly repository: ConfigurationsRepository,
    private readonly detectors: DetectorLookup,
  ) {}

  async list({ kind, detector }: InputOf<Configurations['list']>['query']): Promise<ConfigurationInfo[]> {
    const detectorId = detector === undefined ? undefined : await this.detectors.idOf(detector);
    return (await this.repository.list({ kind, detectorId })).map(toConfiguration);
  }

  async get(id: string): Promise<ConfigurationInfo> {
    return toConfiguration(await this.find(id));
  }

  async versions(id: string): Promise<ConfigurationVersion[]> {
    await this.find(id);
    return (await this.repository.versions(id)).map(toVersion);
  }

  async create(body: InputOf<Configurations['create']>['body'], by: string): Promise<ConfigurationInfo> {
    const { detector, ...rest } = body;
    demandRole([detector]);
    noteAudit({ target: `configuration ${body.kind} ${body.name}`, after: body.content });
    const detectorId = detector === null ? null : await this.detectors.idOf(detector);
    const row = newConfiguration({ ...rest, detectorId, by });
    try {
      return toConfiguration(await this.repository.create(row));
    } catch (cause) {
      if (!isUniqueViolation(cause)) throw cause;
      throw new AppError(
        'conflict.exists',
        `There is a ${body.kind} configuration named ${body.name} already; add a version to it, or choose another name.`,
        { cause },
      );
    }
  }

  /** Inside a transaction of others when there is one; gives the id of version 1. */
  async createFirst(first: FirstVersion, client?: DatabaseClient): Promise<string> {
    return toConfiguration(await this.repository.create(newConfiguration(first), client)).latestVersionId;
  }

  async addVersion(
    id: string,
    body: InputOf<Configurations['addVersion']>['body'],
    by: string,
  ): Promise<ConfigurationVersion> {
    const row = await this.find(id);
    demandRole([toConfiguration(row).detector]);
    const before = (await this.repository.versions(id))[0];
    noteAudit({
      target: `configuration ${row.kind} ${row.name}`,
      before: before?.content,
      after: body.content,
    });
    const content = checkContent(configurationKind.parse(row.kind), body.content);
    const version = { content, hash: contentHash(content), comment: body.comment, author: by };
    const added = await this.repository.addVersion(id, version, body.basedOn);
    if (added !== null) return toVersion(added);
    const latest = (await this.find(id)).versions[0]?.version ?? 0;
    throw new AppError(
      'conflict.version',
      `${row.name} has version ${latest} by now, and your change was made from version ${body.basedOn ?? 0}. Look at the difference and save again.`,
    );
  }

  /** A configuration that comes with the product; one that people have changed is left as it is. */
  async addShipped(
    shipped: { kind: ConfigurationKind; name: string; description: string; content: unknown },
    by: string,
  ): Promise<void> {
    const row = await this.repository.findShared(shipped.kind, shipped.name);
    if (row === null) {
      await this.repository.create(newConfiguration({ ...shipped, detectorId: null, by }));
    } else if ((await this.repository.versions(row.id)).every((version) => version.author === by)) {
      const content = checkContent(shipped.kind, shipped.content);
      const version = { content, hash: contentHash(content), comment: 'shipped with an update', author: by };
      await this.repository.addVersion(row.id, version, undefined);
    }
  }

  /** Content of a version, which must be of the kind. Throws `not-found` or `input.invalid`. */
  async contentOf(versionId: string, kind: string): Promise<ConfigurationVersion['content']> {
    const version = await this.repository.findVersion(versionId);
    if (version === null) throw new AppError('not-found', `There is no configuration version ${versionId}.`);
    if (version.configuration.kind === kind) return toVersion(version).content;
    throw new AppError(
      'input.invalid',
      `Configuration version ${versionId} is for ${version.configuration.kind}, not for ${kind}.`,
    );
  }

  /**
   * Id of the newest version of a configuration by its name: the detector's own before a shared one. Throws `not-found`.
   */
  async newestNamed(kind: string, name: string, detector: string | undefined): Promise<string> {
    const detectorId = detector === undefined ? undefined : await this.detectors.idOf(detector);
    const named = (await this.repository.list({ kind, detectorId })).filter((row) => row.name === name);
    const own = named.find((row) => row.detectorId !== null && row.detectorId === detectorId);
    const found = own ?? named.find((row) => row.detectorId === null);
    const [latest] = found?.versions ?? [];
    if (latest !== undefined) return latest.id;
    throw new AppError('not-found', `There is no ${kind} configuration named ${name}.`);
  }

  /** Throws `input.invalid` unless the version is of a detector configuration for this detector or for all. */
  async refuseForeign(versionId: string, detectorId: string, detector: string): Promise<void> {
    const version = await this.repository.findVersion(versionId);
    const owner = version?.configuration.detectorId;
    if (version?.configuration.kind === 'detector' && (owner === null || owner === detectorId)) return;
    throw new AppError(
      'input.invalid',
      `${versionId} is no version of a detector configuration for ${detector}; choose one from the list.`,
    );
  }

  private async find(id: string): Promise<ConfigurationRow> {
    const row = await this.repository.find(id);
    if (row === null) throw new AppError('not-found', `There is no configuration ${id}.`);
    return row;
  }
}

function newConfiguration(first: FirstVersion): NewConfiguration {
  const content = checkContent(first.kind, first.content);
  return {
    kind: first.kind,
    name: first.name,
    detectorId: first.detectorId,
    description: first.description ?? '',
    content,
    hash: contentHash(content),
    comment: first.comment ?? '',
    author: first.by,
  };
}

/** SHA-256 of the RFC 8785 text: the same for equal contents, however they were written. */
export function contentHash(content: Content): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
