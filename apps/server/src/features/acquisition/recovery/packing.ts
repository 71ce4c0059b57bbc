import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DriverError, packInThread } from '@countroom/drivers';
import type { ConsumerResults } from '../results/consumer-results.js';
import type { Reports } from '../store/reports.js';
import { segmentsOf } from './spool-segments.js';

export interface RunToPack {
  readonly id: string;
  readonly number: number;
  readonly spoolPath: string;
  readonly configurationHash: string;
  /** Events that are known to be on the disk; undefined when the run was cut off. */
  readonly durable: bigint | undefined;
}

const retryMs = 30_000;

/** Makes raw files of closed runs, one after another, beside whatever else goes on. */
export class Packing {
  private readonly waiting: RunToPack[] = [];
  private working: Promise<void> | undefined;
  private readonly stopped = new AbortController();
  /** Number of the run being packed. */
  current: number | undefined;

  constructor(
    private readonly detector: string,
    private readonly storeFolder: string,
    private readonly reports: Reports,
    private readonly results: ConsumerResults,
  ) {}

  add(run: RunToPack): void {
    this.waiting.push(run);
    this.working ??= this.work();
  }

  /** What is not packed yet is found in its spool at the next start. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.working;
  }

  private async work(): Promise<void> {
    const { signal } = this.stopped;
    for (let run = this.waiting[0]; run !== undefined && !signal.aborted; run = this.waiting[0]) {
      this.current = run.number;
      try {
        // First: a run whose raw file is registered is not looked at again.
        await this.results.settle(run, signal);
        await this.pack(run);
        this.reports.clear({ subject: 'packer', code: 'run.unpacked' });
        this.waiting.shift();
      } catch (error) {
        if (this.isStopped()) break;
        const message = error instanceof Error ? error.message : String(error);
        this.reports.raise({
          subject: 'packer',
          code: 'run.unpacked',
          severity: 'warning',
          message: `Run ${run.number} could not be packed, its data stay in ${run.spoolPath}: ${message}`,
        });
        if (error instanceof DriverError && error.code === 'spool-format') this.waiting.shift();
        else await sleep(retryMs, undefined, { signal }).catch(() => undefined);
      }
    }
    this.current = undefined;
    this.working = undefined;
  }

  private isStopped(): boolean {
    return this.stopped.signal.aborted;
  }

  private async pack(run: RunToPack): Promise<void> {
    const folder = join(this.storeFolder, run.spoolPath);
    const segments = segmentsOf(folder);
    if (segments.length === 0) {
      this.reports.log('warning', `Run ${run.number} has no data`, run.id);
      this.reports.nothingToPack(run.id);
      return;
    }
    const name = `${this.detector}-run${String(run.number).padStart(6, '0')}-raw.lh5`;
    const path = `raw/${this.detector}/${name}`;
    const target = join(this.storeFolder, path);
    mkdirSync(dirname(target), { recursive: true });
    const report = await packInThread({ segments, target, existing: 'replace', signal: this.stopped.signal });
    const rows = Object.entries(report.rows).reduce(
      (sum, [table, count]) => sum + (table === 'run/info' ? 0 : count),
      0,
    );
    const { events } = report;
    const { durable } = run;
    const missing = durable !== undefined && durable !== BigInt(events);
    if (missing) {
      this.reports.raise({
        subject: 'packer',
        code: 'run.counts',
        severity: 'alarm',
        message: `Run ${run.number} has ${events} events in its file but ${durable} were recorded; its spool is kept in ${run.spoolPath}.`,
      });
    }
    this.reports.rawPacked(
      {
        runId: run.id,
        configurationHash: run.configurationHash,
        path,
        rows: BigInt(rows),
        bytes: report.bytes,
        checksum: report.sha256,
        report: { rows: report.rows },
        recount: run.durable === undefined ? report.sources : undefined,
      },
      `Run ${run.number} packed: ${events} events in ${path}`,
      () => {
        if (!missing) rmSync(folder, { recursive: true, force: true });
      },
    );
  }
}
