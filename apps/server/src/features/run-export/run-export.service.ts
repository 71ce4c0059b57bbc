import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { RunDetail } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config.js';
import { DatasetsService } from '../data/datasets/datasets.service.js';
import { LogService } from '../log/log.service.js';
import { RunsService } from '../runs/runs.service.js';
import { resultFiles } from './result-files.js';
import { type FolderEntry, runArchive, textEntry } from './run-archive.js';
import { RunExportRepository } from './run-export.repository.js';
import {
  configurationText,
  datasetsText,
  folderName,
  jobFile,
  logLine,
  readmeText,
  runText,
  yamlText,
} from './run-folder.js';

interface RunName {
  readonly detector: string;
  readonly number: number;
}
export interface ExportedRun {
  /** Name of the folder in the archive. */
  readonly folder: string;
  readonly archive: Readable;
}

/** A run as one folder of readable text, for those who have no Countroom. */
@Injectable()
export class RunExportService {
  constructor(
    private readonly runs: RunsService,
    private readonly repository: RunExportRepository,
    private readonly logs: LogService,
    private readonly datasets: DatasetsService,
    private readonly config: AppConfig,
  ) {}

  async export(name: RunName, signal: AbortSignal): Promise<ExportedRun> {
    const run = await this.runs.get(name);
    const at = new Date();
    const folder = folderName(run);
    const entries = [
      textEntry('README.txt', readmeText(run, at.toISOString())),
      textEntry('run.yaml', runText(run)),
      textEntry('run.log', this.logOf(run.id)),
      ...(await this.configurations(run)),
      textEntry('datasets.yaml', datasetsText(run.datasets)),
      ...(await this.results(run)),
    ];
    return { folder, archive: runArchive(folder, entries, { at, signal }) };
  }

  private async configurations(run: RunDetail): Promise<FolderEntry[]> {
    const used = await this.repository.configuration(run.id);
    const jobs = await this.repository.jobs(run.id);
    return [
      ...(used === null ? [] : [textEntry('configuration/detector.yaml', configurationText(used))]),
      textEntry('configuration/resolved.yaml', await this.resolved(run)),
      ...jobs.map((job) => textEntry(jobFile(job), configurationText(job))),
    ];
  }

  /** A run whose raw file cannot be read is exported all the same, and its folder says why that part is missing. */
  private async resolved(run: RunDetail): Promise<string> {
    const raw = run.datasets.find(({ dataKind, format }) => dataKind === 'raw' && format === 'lh5');
    if (raw === undefined) return '# The run has no raw file yet.\n';
    try {
      const facts = await this.datasets.read(raw.id, 'runInfo', {});
      return yamlText(`What the devices made of the settings, from ${raw.path}.`, facts);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return yamlText(`The raw file could not be read: ${why}`, {});
    }
  }

  private async *logOf(runId: string): AsyncGenerator<string> {
    for await (const entries of this.logs.partsOfRun(runId)) yield entries.map(logLine).join('');
  }

  private results({ detector, id }: RunDetail): Promise<FolderEntry[]> {
    const store = this.config.stores['data'] ?? join(this.config.dataFolder, 'files');
    return resultFiles(join(store, 'analysis', detector, id));
  }
}
