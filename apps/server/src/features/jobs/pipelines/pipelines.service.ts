import {
  AppError,
  type endpoints,
  type InputOf,
  int64Text,
  type PipelineDetail,
  type PipelineInfo,
} from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { demandRole } from '../../../platform/auth/demand-role.js';
import { noteAudit } from '../../../platform/http/audit-note.js';
import { decodeCursor, type Page, toPage } from '../../../platform/http/cursor.js';
import { hasFailed, isActive } from '../job-state.js';
import { JobsService } from '../jobs.service.js';
import { toPipeline, toPipelineDetail } from './pipelines.mapper.js';
import { type PipelineDetailRow, PipelinesRepository } from './pipelines.repository.js';

type ListQuery = InputOf<typeof endpoints.pipelines.list>['query'];
type Step = PipelineDetailRow['steps'][number];

/** Requests for results as a whole. */
@Injectable()
export class PipelinesService {
  constructor(
    private readonly repository: PipelinesRepository,
    private readonly jobs: JobsService,
  ) {}

  async list({ cursor, limit, detector }: ListQuery): Promise<Page<PipelineInfo>> {
    const below = cursor === undefined ? undefined : BigInt(decodeCursor(int64Text, cursor));
    const rows = await this.repository.list({ detector, below, take: limit + 1 });
    const totals = await this.repository.totals(rows.map(({ id }) => id));
    const of = new Map(totals.map((one) => [one.pipelineId, one]));
    return toPage(
      rows,
      limit,
      (row) => toPipeline(row, of.get(row.id)),
      (row) => row.ordinal.toString(),
    );
  }

  async get(id: string): Promise<PipelineDetail> {
    const row = await this.find(id);
    return toPipelineDetail(row, (await this.repository.totals([id]))[0]);
  }

  /** Ends what was asked for with this request; jobs of earlier ones, which it only joined, go on. */
  async cancel(id: string): Promise<PipelineDetail> {
    const row = await this.find(id);
    demandRole(detectorsOf(row));
    const own = row.steps.filter(({ job }) => job.pipelineId === id && isActive(job.status));
    if (own.length === 0) {
      throw new AppError('conflict.state', 'Nothing that this request asked for waits or runs any more.');
    }
    await this.each(own, (job) => this.jobs.cancel(job));
    noteAudit({
      target: `pipeline ${row.name === '' ? id : row.name}`,
      after: `${own.length} jobs cancelled`,
    });
    return this.get(id);
  }

  async retry(id: string): Promise<PipelineDetail> {
    const row = await this.find(id);
    demandRole(detectorsOf(row));
    if (row.steps.some(({ job }) => job.status === 'running' && job.cancelRequested)) {
      throw new AppError(
        'conflict.state',
        'A job of this request is still being cancelled: wait until it has ended, and try again.',
      );
    }
    const ended = row.steps.filter(({ job }) => hasFailed(job.status));
    if (ended.length === 0) {
      throw new AppError('conflict.state', 'No job of this request failed or was cancelled.');
    }
    await this.each(ended, (job) => this.jobs.retry(job));
    noteAudit({
      target: `pipeline ${row.name === '' ? id : row.name}`,
      after: `${ended.length} jobs tried again`,
    });
    return this.get(id);
  }

  /** In the order of the stages. What one job has done to another already is not done twice. */
  private async each(steps: readonly Step[], work: (jobId: string) => Promise<unknown>): Promise<void> {
    for (const { jobId } of [...steps].sort((a, b) => a.position - b.position)) {
      try {
        await work(jobId);
      } catch (error) {
        const settled =
          error instanceof AppError && ['conflict.state', 'conflict.exists'].includes(error.code);
        if (!settled) throw error;
      }
    }
  }

  private async find(id: string): Promise<PipelineDetailRow> {
    const row = await this.repository.find(id);
    if (row === null) throw new AppError('not-found', `There is no request ${id}.`);
    return row;
  }
}

function detectorsOf({ steps }: PipelineDetailRow): string[] {
  return [...new Set(steps.map(({ job }) => job.detector.name))];
}
