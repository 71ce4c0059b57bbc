import { type AcquisitionReport, AppError, type DetectorStatus } from '@countroom/contracts';
import { Injectable } from '@nestjs/common';
import {
  type HeardReport,
  isReachable,
  newestReport,
  toDetectorStatus,
  unreachableAfterMs,
} from './status.mapper.js';
import { StatusRepository, type StatusRow } from './status.repository.js';

export interface WatchedDetector {
  readonly id: string;
  readonly name: string;
  /** Whether an acquisition process is expected to run for it. */
  readonly expected: boolean;
  readonly reachable: boolean;
  /** ISO time of the last report; null when there never was one. */
  readonly lastReportAt: string | null;
  /** Number of the run that was going on at that time. */
  readonly run: number | undefined;
  readonly sources: readonly string[];
}

/** What is known of each detector: the database's view, and what the bus brought since. */
@Injectable()
export class StatusService {
  private readonly heard = new Map<string, HeardReport>();
  /** Last view of the database, for when it is away. */
  private readonly rows = new Map<string, StatusRow>();

  constructor(private readonly repository: StatusRepository) {}

  /** A report that came over the bus. Older ones than the one known are ignored. */
  hear(report: AcquisitionReport): void {
    const known = this.heard.get(report.detector);
    const isFresh = known !== undefined && performance.now() - known.heardMs < unreachableAfterMs;
    // The last words of a process that lost the detector. Once its successor is silent anything newer counts.
    if (isFresh && BigInt(known.report.leaseToken) > BigInt(report.leaseToken)) return;
    this.heard.set(report.detector, { report, heardMs: performance.now() });
  }

  async statuses(askedBy: string | null): Promise<DetectorStatus[]> {
    const rows = await this.repository.live();
    for (const row of rows) this.rows.set(row.name, row);
    return rows.map((row) => this.view(row, askedBy));
  }

  async status(detector: string, askedBy: string | null): Promise<DetectorStatus> {
    const row = await this.repository.one(detector);
    if (row === null) throw new AppError('not-found', `There is no detector ${detector}.`);
    this.rows.set(detector, row);
    return this.view(row, askedBy);
  }

  /** Which detectors are heard of, and what each was last known to do. */
  async reachability(): Promise<WatchedDetector[]> {
    const now = { ms: Date.now(), monotonicMs: performance.now() };
    return (await this.repository.live()).map((row) => {
      const heard = this.heard.get(row.name);
      const report = newestReport(row, heard);
      return {
        id: row.id,
        name: row.name,
        expected: row.enabled,
        reachable: isReachable(row, heard, now),
        lastReportAt: report?.at ?? null,
        run: report?.run?.number,
        sources: (report?.sources ?? []).map(({ name }) => name),
      };
    });
  }

  /** From memory alone; undefined for a detector not looked up yet. */
  remembered(detector: string): DetectorStatus | undefined {
    const row = this.rows.get(detector);
    return row === undefined ? undefined : this.view(row, null);
  }

  private view(row: StatusRow, askedBy: string | null): DetectorStatus {
    const heard = this.heard.get(row.name);
    const now = { ms: Date.now(), monotonicMs: performance.now() };
    return toDetectorStatus(row, newestReport(row, heard), isReachable(row, heard, now), askedBy);
  }
}
