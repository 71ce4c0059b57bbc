import {
  type AnalysisReport,
  AppError,
  analysisReport,
  analysisSummary,
  type DatasetInfo,
  type endpoints,
  type InputOf,
  type ParameterVersion,
  type ResponseOf,
} from '@countroom/contracts';
import { lh5Backend } from '@countroom/lh5';
import type { ParameterTree } from '@countroom/parameters';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { demandRole } from '../../platform/auth/demand-role.js';
import { noteAudit } from '../../platform/http/audit-note.js';
import { DatasetsService } from '../data/datasets/datasets.service.js';
import { DetectorLookup } from '../detectors/detector-lookup.js';
import { toVersion } from './parameters.mapper.js';
import { ParametersRepository } from './parameters.repository.js';
import { ParametersService } from './parameters.service.js';
import { RunFacts } from './run-facts.repository.js';

type Analysis = ResponseOf<typeof endpoints.parameters.analysis>;
type Choice = InputOf<typeof endpoints.parameters.adopt>['body'];

const reportOfJob = z.object({ input: analysisSummary });

/** What analyses found, and the way of it into the parameters. */
@Injectable()
export class ResultsService {
  constructor(
    private readonly datasets: DatasetsService,
    private readonly parameters: ParametersService,
    private readonly repository: ParametersRepository,
    private readonly detectors: DetectorLookup,
    private readonly runs: RunFacts,
  ) {}

  async analysis(id: string): Promise<Analysis> {
    const { summary } = await this.find(id);
    return { summary, versions: (await this.repository.ofDataset(id)).map(toVersion) };
  }

  async table(id: string, table: string): Promise<AnalysisReport> {
    const { summary } = await this.find(id);
    const found = summary.tables.find((one) => one.table === table);
    if (found === undefined) {
      const known = summary.tables.map((one) => one.table).join(', ');
      throw new AppError('not-found', `The analysis has no table ${table}; it has ${known}.`);
    }
    const file = await this.datasets.file(id);
    const reader = await lh5Backend.openReader(file.path);
    try {
      const stored = await reader.read(found.path);
      const text = stored.kind === 'scalar' && typeof stored.value === 'string' ? stored.value : '';
      return analysisReport.parse(JSON.parse(text));
    } catch (cause) {
      throw new AppError('input.invalid', `${file.name} holds no report at ${found.path}.`, { cause });
    } finally {
      await reader.close();
    }
  }

  /** Makes parameters of the result, approved when it says so. */
  async keep(id: string, choice: Choice, by: string, approve: boolean): Promise<ParameterVersion> {
    const { dataset, summary } = await this.find(id);
    demandRole([dataset.detector]);
    noteAudit({ target: `analysis ${id}`, after: choice });
    if (summary.set === null)
      throw new AppError(
        'input.invalid',
        `${summary.title} proposes no parameters; there is nothing to keep.`,
      );
    const addition = {
      set: summary.set,
      detector: dataset.detector,
      note: choice.note,
      by,
      jobId: dataset.jobId,
      datasetIds: [id],
      entry: {
        document: `${summary.analysis}-${dataset.run}-${dataset.lineageHash.slice(0, 8)}`,
        mode: 'append' as const,
        targets: [],
        content: chosen(summary.content, choice.channels),
        category: 'all',
        validFrom: await this.begin(dataset, choice),
        validTo: null,
        firstRun: null,
        lastRun: null,
      },
    };
    return this.parameters.keep(
      addition,
      approve ? { status: 'approved', by, note: choice.note } : undefined,
    );
  }

  private async begin({ detector, run }: DatasetInfo, { validFrom }: Choice): Promise<number> {
    if (validFrom !== undefined) return Date.parse(validFrom);
    const found = await this.runs.findNumber(await this.detectors.idOf(detector), run);
    if (found === null) throw new AppError('not-found', `There is no run ${detector}/${run}.`);
    return found.at.getTime();
  }

  private async find(id: string): Promise<{ dataset: DatasetInfo; summary: Analysis['summary'] }> {
    const dataset = await this.datasets.get(id);
    const report = reportOfJob.safeParse(dataset.report);
    if (report.success) return { dataset, summary: report.data.input };
    throw new AppError(
      'input.unsupported',
      `${dataset.path} is ${dataset.dataKind} data, not the result of an analysis.`,
    );
  }
}

function chosen(content: ParameterTree, channels: readonly string[] | undefined): ParameterTree {
  const missing = channels?.filter((channel) => !Object.hasOwn(content, channel)) ?? [];
  if (missing.length > 0) {
    throw new AppError(
      'input.invalid',
      `Nothing is proposed for ${missing.join(', ')}; there are values for ${Object.keys(content).join(', ') || 'no channel'}.`,
    );
  }
  if (channels === undefined) return content;
  return Object.fromEntries(channels.map((channel) => [channel, content[channel]!]));
}
