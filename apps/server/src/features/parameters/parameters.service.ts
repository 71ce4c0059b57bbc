import {
  AppError,
  type endpoints,
  type InputOf,
  type ParameterSetInfo,
  type ParameterVersion,
  type ResponseOf,
  type ValidityFolder,
} from '@countroom/contracts';
import {
  type ImportedEntry,
  type ParameterTree,
  readValidityFile,
  ValidityFileError,
  writeValidityFile,
} from '@countroom/parameters';
import { Injectable } from '@nestjs/common';
import { demandRole } from '../../platform/auth/demand-role.js';
import { NotificationsService } from '../../platform/database/notifications.service.js';
import { noteAudit } from '../../platform/http/audit-note.js';
import { DetectorLookup } from '../detectors/detector-lookup.js';
import { newVersion, refuseUnknownTargets } from './new-version.js';
import { toEntry, toSet, toVersion } from './parameters.mapper.js';
import {
  type Decision,
  ParametersRepository,
  type SetRow,
  type VersionRow,
} from './parameters.repository.js';

type Parameters = typeof endpoints.parameters;

/** What is proposed or kept, and where it comes from. */
export interface Addition {
  readonly set: string;
  readonly detector: string | null;
  readonly entry: Omit<ImportedEntry, 'document'> & { readonly document?: string | undefined };
  readonly note: string;
  readonly by: string;
  readonly jobId?: string | null;
  readonly datasetIds?: readonly string[];
}

@Injectable()
export class ParametersService {
  constructor(
    private readonly repository: ParametersRepository,
    private readonly detectors: DetectorLookup,
    private readonly notifications: NotificationsService,
  ) {}

  async sets(detector: string | undefined): Promise<ParameterSetInfo[]> {
    const rows = await this.repository.sets(
      detector === undefined ? undefined : await this.detectors.idOf(detector),
    );
    const versions = await this.repository.versions(rows.map(({ id }) => id));
    return rows.map((row) =>
      toSet(
        row,
        versions.filter(({ setId }) => setId === row.id),
      ),
    );
  }

  async versions(setId: string): Promise<ParameterVersion[]> {
    await this.findSet(setId);
    return (await this.repository.versions([setId])).map(toVersion);
  }

  async version(id: string): Promise<ParameterVersion> {
    return toVersion(await this.findVersion(id));
  }

  async propose(body: InputOf<Parameters['add']>['body'], by: string): Promise<ParameterVersion> {
    const { set, detector, note, validFrom, validTo, content, ...entry } = body;
    demandRole([detector]);
    noteAudit({ target: `parameters ${nameOf(set, detector)}`, after: body });
    return this.keep(
      {
        set,
        detector,
        note,
        by,
        entry: {
          ...entry,
          content: content,
          validFrom: Date.parse(validFrom),
          validTo: validTo === null ? null : Date.parse(validTo),
        },
      },
      undefined,
    );
  }

  /** Adds a version, approved at once when there is a decision. The caller has checked the role. */
  async keep(addition: Addition, decision: Decision | undefined): Promise<ParameterVersion> {
    const { set, detector, entry, by, ...facts } = addition;
    const version = newVersion(entry, { set, author: by, ...facts });
    const detectorId = detector === null ? null : await this.detectors.idOf(detector);
    refuseUnknownTargets([version], await this.repository.documents({ name: set, detectorId }));
    const [added] = await this.repository.add({ name: set, detectorId }, [version], decision);
    if (decision !== undefined) await this.notifications.notify('parameters', added!.row.id);
    return toVersion(added!.row);
  }

  async decide(id: string, decision: Decision): Promise<ParameterVersion> {
    const row = await this.findVersion(id);
    demandRole([row.set.detector?.name ?? null]);
    noteAudit({ target: describe(row), before: row.status, after: decision });
    const decided = await this.repository.decide(id, decision);
    if (decided !== null) {
      await this.notifications.notify('parameters', id);
      return toVersion(decided);
    }
    const { status, decidedBy } = await this.findVersion(id);
    throw new AppError(
      'conflict.state',
      `${describe(row)} is ${status} already, by ${decidedBy ?? 'nobody'}. Add a version that replaces or removes it instead.`,
    );
  }

  /** Everything or nothing. */
  async import(
    body: InputOf<Parameters['import']>['body'],
    by: string,
  ): Promise<ResponseOf<Parameters['import']>> {
    const { set, detector, validity, documents, note } = body;
    demandRole([detector]);
    noteAudit({ target: `parameters ${nameOf(set, detector)}`, after: { validity, note } });
    const entries = readEntries(validity, documents);
    const versions = entries.map((entry) =>
      inDocument(entry.document, () => newVersion(entry, { set, note, author: by })),
    );
    const detectorId = detector === null ? null : await this.detectors.idOf(detector);
    refuseUnknownTargets(versions, await this.repository.documents({ name: set, detectorId }));
    const decision = { status: 'approved', by, note } as const;
    const added = await this.repository.add({ name: set, detectorId }, versions, decision);
    const known = added.filter((one) => one.known).length;
    return { added: added.length - known, known };
  }

  async export(setId: string, format: 'yaml' | 'json' | 'jsonl'): Promise<ValidityFolder> {
    await this.findSet(setId);
    const rows = await this.repository.versions([setId], 'approved');
    const { validity, documents } = writeValidityFile(rows.map(toEntry), format);
    return { validity, documents: documents as ValidityFolder['documents'] };
  }

  private async findSet(id: string): Promise<SetRow> {
    const row = await this.repository.findSet(id);
    if (row === null) throw new AppError('not-found', `There is no set of parameters ${id}.`);
    return row;
  }

  private async findVersion(id: string): Promise<VersionRow> {
    const row = await this.repository.findVersion(id);
    if (row === null) throw new AppError('not-found', `There is no version ${id} of parameters.`);
    return row;
  }
}

function readEntries(validity: string, documents: Record<string, ParameterTree>): ImportedEntry[] {
  try {
    const entries = readValidityFile(validity, documents);
    if (entries.length > 0) return entries;
    throw new ValidityFileError(0, 'the file has no entries');
  } catch (error) {
    if (!(error instanceof ValidityFileError)) throw error;
    throw new AppError('input.invalid', `The validity file cannot be used: ${error.message}.`, {
      issues: [{ path: 'validity', message: error.message }],
      cause: error,
    });
  }
}

function inDocument<T>(document: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(
      error.code,
      `${document}, which the validity file applies: ${error.message}`,
      error.options,
    );
  }
}

function nameOf(set: string, detector: string | null): string {
  return detector === null ? set : `${detector}/${set}`;
}

function describe({ set, version }: VersionRow): string {
  return `parameters ${nameOf(set.name, set.detector?.name ?? null)} version ${version}`;
}
