import { type endpoints, type InputOf, int64Text, type LogEntry } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import type { DatabaseClient } from '../../platform/database/prisma.service.js';
import { decodeCursor, type Page, toPage } from '../../platform/http/cursor.js';
import { DetectorLookup } from '../detectors/detector-lookup.js';
import { toLogEntry } from './log.mapper.js';
import { type LogFilter, LogRepository, type NewLogRow } from './log.repository.js';

const partLines = 500;

@Injectable()
export class LogService {
  constructor(
    private readonly repository: LogRepository,
    private readonly detectors: DetectorLookup,
  ) {}

  /** With a transaction the line appears, and is told of, when that commits. */
  async write(row: NewLogRow, client?: DatabaseClient): Promise<LogEntry> {
    return toLogEntry(await this.repository.add(row, client));
  }

  /** For the live log: one line by the id of its notification. */
  async find(id: string): Promise<LogEntry | null> {
    const row = await this.repository.find(BigInt(int64Text.parse(id)));
    return row === null ? null : toLogEntry(row);
  }

  /** For the live log: what came behind a line, oldest first. */
  async listAfter(detector: string, after: string, limit: number): Promise<LogEntry[]> {
    const detectorId = await this.detectors.idOf(detector);
    const rows = await this.repository.listAfter(detectorId, BigInt(int64Text.parse(after)), limit);
    return rows.map(toLogEntry);
  }

  ofRun(runId: string, query: { cursor?: string | undefined; limit: number }): Promise<Page<LogEntry>> {
    return this.page({ runId }, query);
  }

  /** All lines of a run in parts, oldest first. */
  async *partsOfRun(runId: string): AsyncGenerator<LogEntry[]> {
    for (let after = 0n; ; ) {
      const rows = await this.repository.listOfRun(runId, after, partLines);
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows.map(toLogEntry);
      after = last.id;
    }
  }

  async list(query: InputOf<typeof endpoints.runs.allLog>['query']): Promise<Page<LogEntry>> {
    const { detector, text } = query;
    const detectorId = detector === undefined ? undefined : await this.detectors.idOf(detector);
    return this.page({ detectorId, text }, query);
  }

  private async page(
    filter: Omit<LogFilter, 'take' | 'below'>,
    { cursor, limit }: { cursor?: string | undefined; limit: number },
  ): Promise<Page<LogEntry>> {
    const below = cursor === undefined ? undefined : BigInt(decodeCursor(int64Text, cursor));
    const rows = await this.repository.list({ ...filter, below, take: limit + 1 });
    return toPage(rows, limit, toLogEntry, (row) => row.id.toString());
  }
}
