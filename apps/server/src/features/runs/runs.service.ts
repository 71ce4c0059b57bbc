import {
  AppError,
  type endpoints,
  type InputOf,
  type LogEntry,
  type ResponseOf,
  type RunDetail,
  type RunSummary,
} from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import { isAllowed, type Principal } from '../../platform/auth/principal.js';
import { noteAudit } from '../../platform/http/audit-note.js';
import { encodeCursor, type Page } from '../../platform/http/cursor.js';
import { DetectorLookup } from '../detectors/detector-lookup.js';
import { LogService } from '../log/log.service.js';
import { type RunsQuery, readPlace } from './run-order.js';
import { toRun, toRunDetail } from './runs.mapper.js';
import { type RunRow, RunsRepository } from './runs.repository.js';
import { RunsListRepository } from './runs-list.repository.js';

type Runs = typeof endpoints.runs;
interface RunName {
  readonly detector: string;
  readonly number: number;
}

@Injectable()
export class RunsService {
  constructor(
    private readonly repository: RunsRepository,
    private readonly lists: RunsListRepository,
    private readonly detectors: DetectorLookup,
    private readonly log: LogService,
  ) {}

  /** The total is told with the first page only, and only while it can be counted quickly. */
  async list(query: RunsQuery): Promise<Page<RunSummary>> {
    const { detector, cursor, limit, ...rest } = query;
    const detectorIds =
      detector === undefined
        ? undefined
        : await Promise.all(detector.map((name) => this.detectors.idOf(name)));
    const filter = { ...rest, detectorIds };
    const found = await this.lists.find(filter, readPlace(query), limit + 1);
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const rows = await this.repository.byIds(shown.map((run) => run.id));
    const place = last === undefined ? undefined : { ...last, sort: query.sort, order: query.order };
    return {
      items: rows.map(toRun),
      next: found.length > limit ? encodeCursor(place) : null,
      total: cursor === undefined ? await this.lists.count(filter) : null,
    };
  }

  async get(name: RunName): Promise<RunDetail> {
    const row = await this.repository.findDetail(name.detector, name.number);
    if (row === null) throw noRun(name);
    return toRunDetail(row);
  }

  async update(name: RunName, body: InputOf<Runs['update']>['body']): Promise<RunSummary> {
    const row = await this.find(name);
    const { tags, comment, quality } = body;
    noteAudit({ target: runTarget(name), before: editable(row) });
    const changed = await this.repository.update(row.id, {
      ...(tags === undefined ? {} : { tags: [...new Set(tags)].sort() }),
      ...(comment === undefined ? {} : { comment }),
      ...(quality === undefined ? {} : { quality }),
    });
    noteAudit({ after: editable(changed) });
    return toRun(changed);
  }

  async bulk(body: InputOf<Runs['bulk']>['body'], principal: Principal): Promise<ResponseOf<Runs['bulk']>> {
    const before = await this.repository.byIds(body.ids);
    demandEach(principal, before);
    noteAudit({
      target: `${before.length} runs`,
      before: before.map((row) => ({ run: runTarget(nameOf(row)), ...editable(row) })),
      after: body,
    });
    const { addTags, removeTags, quality = null, comment = null, expected } = body;
    const ids = before.map(({ id }) => id);
    const changed = await this.repository.bulk({ ids, addTags, removeTags, quality, comment, expected });
    const kept = before.filter(
      (row) =>
        (quality !== null && (expected.quality ?? row.quality) !== row.quality) ||
        (comment !== null && (expected.comment ?? row.comment) !== row.comment),
    );
    return { changed, kept: kept.length, keptRuns: kept.map(nameOf) };
  }

  async readLog(name: RunName, query: InputOf<Runs['log']>['query']): Promise<Page<LogEntry>> {
    return this.log.ofRun((await this.find(name)).id, query);
  }

  async addLog(name: RunName, text: string, author: string): Promise<LogEntry> {
    const row = await this.find(name);
    noteAudit({ target: runTarget(name), after: text });
    return this.log.write({ detectorId: row.detectorId, runId: row.id, origin: 'person', author, text });
  }

  tags(): Promise<ResponseOf<Runs['tags']>> {
    return this.repository.tags();
  }

  private async find(name: RunName): Promise<RunRow> {
    const row = await this.repository.findSummary(name.detector, name.number);
    if (row === null) throw noRun(name);
    return row;
  }
}

/** Refuses all when one of the runs belongs to a detector that is not theirs to change. */
function demandEach(principal: Principal, rows: readonly RunRow[]): void {
  const names = new Set(rows.map((row) => row.detector.name));
  const forbidden = [...names].filter((name) => !isAllowed(principal, 'shifter', name)).sort();
  if (forbidden.length === 0) return;
  throw new AppError(
    'auth.forbidden',
    `Some of the runs are of ${forbidden.join(', ')}, for which ${principal.name} does not have the role shifter. Leave them out; an administrator can grant it.`,
  );
}

function noRun({ detector, number }: RunName): AppError {
  return new AppError(
    'not-found',
    `Detector ${detector} has no run ${number}, or there is no such detector.`,
  );
}

function nameOf(row: RunRow): RunName {
  return { detector: row.detector.name, number: row.number };
}

function runTarget({ detector, number }: RunName): string {
  return `run ${detector}/${number}`;
}

function editable({ tags, comment, quality }: RunRow): Pick<RunRow, 'tags' | 'comment' | 'quality'> {
  return { tags, comment, quality };
}
