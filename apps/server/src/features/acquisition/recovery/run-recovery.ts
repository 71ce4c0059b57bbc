import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type AcquisitionReport, zeroCounters } from '@countroom/contracts';
import { recoverSpool } from '@countroom/drivers';
import { readJournal } from '../machine/run-journal.js';
import type { RunToClose, UnfinishedRun } from '../store/acquisition-runs.repository.js';
import type { Reports } from '../store/reports.js';
import type { RunToPack } from './packing.js';

export interface RecoveryOptions {
  readonly storeFolder: string;
  readonly reports: Reports;
  readonly lastReport: AcquisitionReport | undefined;
  /** Version of the goal that the dead process worked towards. */
  readonly goalVersion: number;
  /** A run was cut off: somebody has to know. */
  readonly interrupted: (run: number, reason: string) => void;
}

const cutOff = 'the acquisition process ended without closing the run';

/**
 * Puts in order what an earlier process left behind: its spool is cut after the last whole batch, an open run is closed, and
 * the run is handed on to be packed.
 */
export function recoverRun(run: UnfinishedRun, options: RecoveryOptions): RunToPack | undefined {
  const { reports, storeFolder } = options;
  const folder = run.spoolPath === null ? undefined : join(storeFolder, run.spoolPath);
  const present = folder !== undefined && existsSync(folder);
  // Before anything is brought in order there: that touches files as well.
  const touchedNs = present ? lastTouchNs(folder) : undefined;
  if (present) {
    for (const report of recoverSpool(folder)) {
      const what = report.usable
        ? `${report.rows} rows recovered from ${report.file}, ${report.cutBytes} bytes cut ${report.reason}`.trimEnd()
        : `${report.file} cannot be read and is left alone: ${report.reason}`;
      reports.log(report.usable ? 'info' : 'warning', `Run ${run.number}: ${what}`, run.id);
    }
  }
  const closed = (present ? readJournal(folder)?.closed : undefined) ?? null;
  if (run.isOpen) closeRun(run, present ? folder : undefined, touchedNs, options);
  if (run.spoolPath === null) return undefined;
  return {
    id: run.id,
    number: run.number,
    spoolPath: run.spoolPath,
    configurationHash: run.configurationHash ?? '',
    durable: closed === null || closed.outcome === 'failed' ? undefined : BigInt(closed.counters.durable),
  };
}

function closeRun(
  run: UnfinishedRun,
  folder: string | undefined,
  touchedNs: bigint | undefined,
  options: RecoveryOptions,
): void {
  const { reports, lastReport, goalVersion, interrupted } = options;
  const journal = folder === undefined ? undefined : readJournal(folder);
  const begun = journal?.startedNs ?? null;
  const closed = journal?.closed ?? null;
  const startedNs = begun === null ? run.startedNs : BigInt(begun);
  const known = lastReport?.run?.id === run.id ? lastReport : undefined;
  const closing: RunToClose =
    closed === null
      ? {
          id: run.id,
          startedNs,
          endedNs: touchedNs ?? startedNs ?? BigInt(Date.now()) * 1_000_000n,
          outcome: 'interrupted',
          reason: cutOff,
          counters: known?.counters ?? zeroCounters,
          sources: (known?.sources ?? []).map(({ name, driver, counters }) => ({ name, driver, counters })),
        }
      : { id: run.id, startedNs, ...closed, endedNs: BigInt(closed.endedNs) };
  if (closed === null) interrupted(run.number, cutOff);
  reports.runClosed(closing, `Run ${run.number} ${closing.outcome}: ${closing.reason}`, goalVersion);
}

function lastTouchNs(folder: string): bigint | undefined {
  const times = readdirSync(folder).map((name) => statSync(join(folder, name), { bigint: true }).mtimeNs);
  return times.reduce<bigint | undefined>(
    (last, time) => (last === undefined || time > last ? time : last),
    undefined,
  );
}
