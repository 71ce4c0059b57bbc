import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import {
  AppError,
  type FileNumbers,
  type ImportFile,
  type ImportResult,
  type RecordingSummary,
} from '@countroom/contracts';
import { fileLineage } from '@countroom/pipeline';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { demandRole } from '../../../platform/auth/demand-role.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import { noteAudit } from '../../../platform/http/audit-note.js';
import { infoOf } from '../datasets/datasets.service.js';
import { ReadingService } from '../reading/reading.service.js';
import { safeFileName } from './file-name.js';
import { listImportFolder, openImportFile } from './import-folder.js';
import {
  ImportsRepository,
  type NewImport,
  type Registered,
  type TargetDetector,
} from './imports.repository.js';
import { type IncomingFile, receiveFile, removeAbandoned } from './incoming-file.js';
import { putInPlace, removeFile, removeWithFolder, restoreIfMissing } from './place-file.js';
import { bodyOf, discardRest, statedBytes } from './upload-stream.js';

export interface ImportOrder {
  readonly detector: string;
  readonly comment: string;
  /** The run that the file becomes part of; a new one without it. */
  readonly run?: number | undefined;
  readonly by: string;
}
interface Target extends ImportOrder {
  readonly detectorId: string;
  /** The run that is there already. */
  readonly into: string | null;
  /** Of the file, as it is kept. */
  readonly name: string;
}

/** Files from outside become runs: what they are follows from their bytes alone. */
@Injectable()
export class ImportsService implements OnApplicationBootstrap {
  private readonly store: string;
  private readonly incoming: string;

  constructor(
    private readonly config: AppConfig,
    private readonly repository: ImportsRepository,
    private readonly reading: ReadingService,
  ) {
    this.store = config.stores['data'] ?? join(config.dataFolder, 'files');
    this.incoming = join(this.store, 'imports', '.incoming');
  }

  onApplicationBootstrap(): Promise<void> {
    return removeAbandoned(this.incoming);
  }

  async listFolder(): Promise<{ folder: string; files: ImportFile[] }> {
    const folder = this.config.importFolder;
    return { folder, files: await listImportFolder(folder) };
  }

  /** What a recording of the folder holds, before it is taken in. */
  async folderRecording(path: string): Promise<RecordingSummary> {
    const { file, real } = await openImportFile(this.config.importFolder, path);
    await file.close();
    return this.reading.read('recording', { path: real, name: path }, { name: basename(path) });
  }

  /** Numbers of an LH5 file of the folder, which is not taken in. */
  async folderNumbers(name: string, path: string): Promise<FileNumbers> {
    const { file, real } = await openImportFile(this.config.importFolder, name);
    await file.close();
    return this.reading.read('numbers', { path: real, name }, { path });
  }

  async fromUpload(name: string, order: ImportOrder, request: IncomingMessage): Promise<ImportResult> {
    try {
      const target = await this.targetOf(name, order);
      const file = await receiveFile(bodyOf(request), {
        folder: this.incoming,
        name: target.name,
        limitBytes: this.config.uploadLimitBytes,
        reserveBytes: this.config.diskReserveBytes,
        expectedBytes: statedBytes(request),
      });
      return await this.take(file, target);
    } finally {
      discardRest(request);
    }
  }

  /** The bytes are copied, not linked: what is catalogued must not change when somebody writes to the folder's file. */
  async fromFolder(path: string, order: ImportOrder): Promise<ImportResult> {
    const target = await this.targetOf(basename(path), order);
    const { file, bytes, modifiedAt } = await openImportFile(this.config.importFolder, path);
    try {
      const copied = await receiveFile(file.createReadStream({ highWaterMark: 1 << 20, autoClose: false }), {
        folder: this.incoming,
        name: target.name,
        limitBytes: Number.POSITIVE_INFINITY,
        reserveBytes: this.config.diskReserveBytes,
        expectedBytes: bytes,
      });
      const after = await file.stat();
      if (copied.bytes !== bytes || after.mtime.getTime() !== modifiedAt.getTime()) {
        await removeFile(copied.path);
        throw new AppError(
          'conflict.state',
          `${path} is still being written; import it when it is complete.`,
        );
      }
      return await this.take(copied, target);
    } finally {
      await file.close();
    }
  }

  private async targetOf(name: string, order: ImportOrder): Promise<Target> {
    demandRole([order.detector]);
    noteAudit({ target: `detector ${order.detector}`, after: { name, comment: order.comment } });
    const detector = await this.repository.findDetector(order.detector);
    if (detector === null) throw new AppError('not-found', `There is no detector ${order.detector}.`);
    if (detector.kind === 'live') {
      throw new AppError(
        'conflict.state',
        `Detector ${detector.name} takes its runs itself, so that files cannot be imported as runs of it; choose a detector of kind files.`,
      );
    }
    const into = order.run === undefined ? null : await this.runOf(detector, order.run);
    return { ...order, detectorId: detector.id, into, name: safeFileName(name) };
  }

  private async runOf(detector: TargetDetector, number: number): Promise<string> {
    const run = await this.repository.findRun(detector.id, number);
    if (run === null) throw new AppError('not-found', `There is no run ${detector.name}/${number}.`);
    if (run.origin !== 'imported')
      throw new AppError(
        'conflict.state',
        `Run ${detector.name}/${number} was not imported, so that files cannot be added to it.`,
      );
    return run.id;
  }

  /** Makes a run of a file that is here, or finds the one that has the same bytes; the temporary file is gone afterwards. */
  private async take(file: IncomingFile, target: Target): Promise<ImportResult> {
    try {
      const entry = await this.describe(file, target);
      const registered = await this.register(file, entry);
      return resultOf(file, registered, target.name);
    } finally {
      await removeFile(file.path);
    }
  }

  private async describe(file: IncomingFile, target: Target): Promise<NewImport> {
    const { bytes, sha256, format } = file;
    // Each file has a folder of its own: two tiers of a run may have the same name.
    const folder = randomUUID();
    const common = {
      ...target,
      runId: target.into ?? folder,
      isNewRun: target.into === null,
      sha256,
      bytes,
      path: `imports/${target.detector}/${folder}/${target.name}`,
      report: { name: target.name, format, bytes: bytes.toString(), sha256 },
    };
    if (format !== 'lh5') {
      return { ...common, dataKind: 'daq', lineage: fileLineage('daq', sha256), format: 'daq', rows: null };
    }
    const { dataKind, rows, tables } = await this.reading.read(
      'contents',
      { path: file.path, name: target.name },
      {},
    );
    if (dataKind === null) {
      const lineage = fileLineage('hdf5', sha256);
      const kept = { ...common.report, format: 'hdf5' };
      return { ...common, dataKind: 'hdf5', lineage, format: 'hdf5', rows: null, report: kept };
    }
    const report = { ...common.report, tables };
    return { ...common, dataKind, lineage: fileLineage(dataKind, sha256), format: 'lh5', rows, report };
  }

  private async register(file: IncomingFile, entry: NewImport): Promise<Registered> {
    const { path } = entry;
    const kept = join(this.store, path);
    let registered: Registered;
    try {
      registered = await this.repository.register(entry, () => putInPlace(file.path, kept));
    } catch (error) {
      // When the connection broke off, only the database knows whether the file is catalogued; without its word the file stays.
      const mayExist = await this.repository.exists(path).catch(() => true);
      if (!mayExist) await removeWithFolder(kept);
      throw error;
    }
    const { dataset, known } = registered;
    if (known && dataset.store.name === 'data')
      await restoreIfMissing(file.path, join(this.store, dataset.path));
    return registered;
  }
}

function resultOf(file: IncomingFile, { dataset, known }: Registered, name: string): ImportResult {
  const info = infoOf(dataset);
  const { sha256 } = file;
  // By its bytes an HDF5 file may be LH5; only its objects tell.
  const format = info.format === 'hdf5' ? info.format : file.format;
  const bytes = file.bytes.toString();
  noteAudit({
    target: `run ${info.detector}/${info.run}`,
    after: { name, format, bytes, sha256, known },
  });
  return { dataset: info, detector: info.detector, run: info.run, format, bytes, sha256, known };
}
