import { decodeInt64, encodeInt64, type RunCounters } from '@countroom/contracts';

/** Counters of a run or a source as integers. Rows and bytes count up; times in ns. */
export interface RunTotals {
  readonly triggers: bigint;
  readonly recorded: bigint;
  readonly dropped: bigint;
  readonly written: bigint;
  readonly durable: bigint;
  readonly bytes: bigint;
  readonly runTimeNs: bigint;
  readonly liveTimeNs: bigint;
  readonly deviceDeadNs: bigint;
  readonly bufferDeadNs: bigint;
  readonly pausedNs: bigint;
}

/** Totals of a run that has not begun. */
export const zeroTotals: RunTotals = {
  triggers: 0n,
  recorded: 0n,
  dropped: 0n,
  written: 0n,
  durable: 0n,
  bytes: 0n,
  runTimeNs: 0n,
  liveTimeNs: 0n,
  deviceDeadNs: 0n,
  bufferDeadNs: 0n,
  pausedNs: 0n,
};

const names = Object.keys(zeroTotals) as (keyof RunTotals)[];

/** Totals as they cross processes. */
export function encodeTotals(totals: RunTotals): RunCounters {
  return Object.fromEntries(names.map((name) => [name, encodeInt64(totals[name])])) as RunCounters;
}

/** Totals from their text form. Throws a RangeError for a text that is no 64-bit integer. */
export function decodeTotals(counters: RunCounters): RunTotals {
  return Object.fromEntries(names.map((name) => [name, decodeInt64(counters[name])])) as Record<
    keyof RunTotals,
    bigint
  >;
}

/**
 * Totals of a detector from those of its sources. Counts are summed. Sources run side by side, so times are not:
 * run, dead and paused time are the longest of any source and live time is the shortest, which is a lower limit
 * of the time in which all were live.
 */
export function combineTotals(sources: readonly RunTotals[]): RunTotals {
  const [first, ...rest] = sources;
  if (first === undefined) return zeroTotals;
  return rest.reduce(
    (sum, one) => ({
      triggers: sum.triggers + one.triggers,
      recorded: sum.recorded + one.recorded,
      dropped: sum.dropped + one.dropped,
      written: sum.written + one.written,
      durable: sum.durable + one.durable,
      bytes: sum.bytes + one.bytes,
      runTimeNs: max(sum.runTimeNs, one.runTimeNs),
      liveTimeNs: min(sum.liveTimeNs, one.liveTimeNs),
      deviceDeadNs: max(sum.deviceDeadNs, one.deviceDeadNs),
      bufferDeadNs: max(sum.bufferDeadNs, one.bufferDeadNs),
      pausedNs: max(sum.pausedNs, one.pausedNs),
    }),
    first,
  );
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
