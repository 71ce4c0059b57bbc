import {
  AppError,
  type endpoints,
  type InputOf,
  int64Text,
  type JobDetail,
  type JobInfo,
  type JobLogLine,
  type StageInfo,
} from '@countroom/contracts';
import { stages } from '@countroom/stages';
import { Injectable } from '@nestjs/common';
import { demandRole } from '../../platform/auth/demand-role.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import type { DatabaseClient } from '../../platform/database/prisma.service.js';
import { noteAudit } from '../../platform/http/audit-note.js';
import { decodeCursor, type Page, toPage } from '../../platform/http/cursor.js';
import { JobDispatch } from './job-dispatch.service.js';
import { hasFailed, isActive } from './job-state.js';
import { toJob, toJobDetail, toLogLine, toStageInfo } from './jobs.mapper.js';
import { type JobRow, JobsRepository } from './store/jobs.repository.js';

type ListQuery = InputOf<typeof endpoints.jobs.list>['query'];

@Injectable()
export class JobsService {
  constructor(
    private readonly repository: JobsRepository,
    private readonly dispatch: JobDispatch,
  ) {}

  stages(): StageInfo[] {
    return stages.list().map(toStageInfo);
  }

  async list({ cursor, limit, ...filter }: ListQuery): Promise<Page<JobInfo>> {
    const below = cursor === undefined ? undefined : BigInt(decodeCursor(int64Text, cursor));
    const rows = await this.repository.list({ ...filter, below, take: limit + 1 });
    return toPage(rows, limit, toJob, (row) => row.ordinal.toString());
  }

  async get(id: string): Promise<JobDetail> {
    const row = await this.find(id);
    return toJobDetail(row, await this.repository.attempts(id));
  }

  async log(id: string, { after, limit }: { after: number; limit: number }): Promise<JobLogLine[]> {
    await this.find(id);
    return (await this.repository.logAfter(id, after, limit)).map(toLogLine);
  }

  /** A job that has not begun ends at once; a running one is told, and ends within seconds. */
  async cancel(id: string): Promise<JobInfo> {
    const { job, withdrawn } = await this.repository.transaction(async (client) => {
      const row = await this.lock(id, client);
      noteAudit({ target: describe(row), before: row.status, after: 'cancelled' });
      if (!isActive(row.status)) {
        throw new AppError(
          'conflict.state',
          `${describe(row)} is ${row.status} already; there is nothing to cancel.`,
        );
      }
      if (row.status === 'running') {
        const asked = await this.repository.update(id, { cancelRequested: true }, client);
        await this.repository.tellCancel(id, client);
        return { job: asked, withdrawn: false };
      }
      const ended = await this.repository.update(
        id,
        {
          status: 'cancelled',
          cancelRequested: true,
          endedAt: new Date(),
          error: 'Cancelled before it began.',
        },
        client,
      );
      await this.dispatch.settleDependants(ended, client);
      return { job: ended, withdrawn: true };
    });
    if (withdrawn) await this.dispatch.withdraw(job);
    return toJob(job);
  }

  /**
   * Jobs that were given up because of this one go back to waiting for it. What it depends on and has ended without a
   * result is tried again before it: it would wait for that for ever.
   */
  async retry(id: string): Promise<JobInfo> {
    try {
      const { revived, job } = await this.repository.transaction(async (client) => {
        const chain = await this.repository.lockWithEnded(id, client);
        const row = await this.lock(id, client);
        noteAudit({ target: describe(row), before: row.status, after: 'queued' });
        if (!hasFailed(row.status)) {
          throw new AppError(
            'conflict.state',
            `${describe(row)} is ${row.status}; only failed and cancelled jobs can be tried again.`,
          );
        }
        const revived: JobRow[] = [];
        for (const one of chain) {
          const now = await this.lock(one, client);
          // Those before it in the chain may have taken it along.
          if (hasFailed(now.status)) revived.push(await this.revive(now, client));
        }
        return { revived, job: await this.lock(id, client) };
      });
      for (const one of revived) await this.dispatch.enqueue(one);
      return toJob(job);
    } catch (cause) {
      if (!isUniqueViolation(cause)) throw cause;
      throw new AppError('conflict.exists', 'Another job is making this result already.', { cause });
    }
  }

  async setPriority(id: string, priority: number): Promise<JobInfo> {
    const job = await this.repository.transaction(async (client) => {
      const row = await this.lock(id, client);
      noteAudit({ target: describe(row), before: row.priority, after: priority });
      if (row.status !== 'waiting' && row.status !== 'queued') {
        throw new AppError(
          'conflict.state',
          `${describe(row)} is ${row.status}; the priority matters only before a job begins.`,
        );
      }
      // The entry in the queue keeps the priority that it was added with: a new attempt takes its place.
      const attempt = row.status === 'queued' ? row.attempt + 1 : row.attempt;
      if (row.status === 'queued') await this.dispatch.withdraw(row);
      return this.repository.update(id, { priority, attempt }, client);
    });
    await this.dispatch.enqueue(job);
    return toJob(job);
  }

  /** For the live view: a job by the id of its notification. */
  async find(id: string): Promise<JobRow> {
    const row = await this.repository.find(id);
    if (row === null) throw new AppError('not-found', `There is no job ${id}.`);
    return row;
  }

  private async lock(id: string, client: DatabaseClient): Promise<JobRow> {
    const row = await this.repository.lock(id, client);
    if (row === undefined) throw new AppError('not-found', `There is no job ${id}.`);
    demandRole([row.detector.name]);
    return row;
  }

  private async revive(row: JobRow, client: DatabaseClient): Promise<JobRow> {
    const status = (await this.repository.isUnblocked(row.id, client)) ? 'queued' : 'waiting';
    const fresh = {
      error: null,
      endedAt: null,
      startedAt: null,
      progress: null,
      progressText: '',
      cancelRequested: false,
    };
    const revived = await this.repository.update(
      row.id,
      { ...fresh, status, attempt: row.attempt + 1 },
      client,
    );
    for (const dependant of await this.repository.dependants(row.id, client)) {
      const givenUp = dependant.status === 'cancelled' && dependant.startedAt === null;
      if (givenUp && !(await this.repository.isHopeless(dependant.id, client)))
        await this.revive(dependant, client);
    }
    await this.repository.refreshProcessing(row.runId, client);
    return revived;
  }
}

function describe(row: JobRow): string {
  return `job ${row.stage} for ${row.detector.name}/${row.run.number}`;
}
