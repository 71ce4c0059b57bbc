import {
  type AcquisitionReport,
  acquisitionReport,
  alarmSeverity,
  type DetectorStatus,
  runCommandName,
  runState,
  zeroCounters,
} from '@countroom/contracts';
import { decideCommand } from '@countroom/run-model';
import { momentText } from '../../platform/http/moment-text.js';
import { toBatonStatus } from '../baton/baton.mapper.js';
import type { StatusRow } from './status.repository.js';

/** A detector that has said nothing for so long is unreachable. */
export const unreachableAfterMs = 3000;

export interface HeardReport {
  readonly report: AcquisitionReport;
  /** When it arrived, on this machine's monotonic clock. */
  readonly heardMs: number;
}

/** The newer of what the bus said and what is stored. */
export function newestReport(row: StatusRow, heard: HeardReport | undefined): AcquisitionReport | undefined {
  const parsed = acquisitionReport.safeParse(row.actual?.status);
  const stored = parsed.success ? parsed.data : undefined;
  if (stored === undefined) return heard?.report;
  if (heard === undefined) return stored;
  const tokens = BigInt(heard.report.leaseToken) - BigInt(stored.leaseToken);
  if (tokens !== 0n) return tokens > 0n ? heard.report : stored;
  return heard.report.at >= stored.at ? heard.report : stored;
}

export function isReachable(
  row: StatusRow,
  heard: HeardReport | undefined,
  now: { readonly ms: number; readonly monotonicMs: number },
): boolean {
  if (heard !== undefined && now.monotonicMs - heard.heardMs < unreachableAfterMs) return true;
  const stored = row.actual?.reportedAt.getTime();
  return stored !== undefined && now.ms - stored < unreachableAfterMs;
}

/** Goal and actual state side by side. `askedBy` is null for broadcasts. */
export function toDetectorStatus(
  row: StatusRow,
  report: AcquisitionReport | undefined,
  reachable: boolean,
  askedBy: string | null,
): DetectorStatus {
  const { state, phase } = report ?? { state: 'STOP', phase: 'idle' };
  const wanted = runState.parse(row.goal?.state ?? 'STOP');
  const at = report?.at ?? null;
  const silence =
    at === null
      ? `No acquisition process has ever reported for ${row.name}; is one running?`
      : `No word from acquisition since ${momentText(at)}; what is shown is the last known state.`;
  return {
    detector: row.name,
    title: row.title,
    goal: {
      state: wanted,
      paused: row.goal?.paused ?? false,
      by: row.goal?.by ?? null,
      since: row.goal?.since.toISOString() ?? null,
      version: row.goal?.version ?? 0,
    },
    state,
    phase,
    health: reachable ? (report?.health ?? 'ok') : 'unreachable',
    message: reachable ? (report?.message ?? '') : silence,
    at,
    run: report?.run ?? null,
    counters: report?.counters ?? zeroCounters,
    sources: (report?.sources ?? []).map((source) =>
      reachable ? source : { ...source, health: 'unreachable' },
    ),
    baton: row.baton === null ? noBaton : toBatonStatus(row.baton, askedBy),
    disk: report?.disk ?? null,
    worstAlarm: worst(row.alarms),
    commands: runCommandName.options.map((command) => {
      const decision = decideCommand(command, state, phase, wanted);
      if (reachable || command === 'end' || command === 'abort') {
        return row.enabled || command === 'end' || command === 'abort'
          ? { command, ...decision }
          : { command, allowed: false, reason: `Detector ${row.name} is switched off.` };
      }
      return { command, allowed: false, reason: silence };
    }),
  };
}

const noBaton = { holder: null, note: '', since: null, expiresAt: null, token: '0', mine: false };

function worst(alarms: StatusRow['alarms']): DetectorStatus['worstAlarm'] {
  const order = alarmSeverity.options;
  const highest = alarms.reduce(
    (most, { severity }) => Math.max(most, order.indexOf(alarmSeverity.parse(severity))),
    -1,
  );
  return order[highest] ?? 'none';
}
