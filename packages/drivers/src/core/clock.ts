import type { Anchor } from '@countroom/run-model';

/** One point at which both clocks were read: monotonic ns and wall clock ns since 1970 (see `Anchor` of the run model). */
export type ClockAnchor = Anchor;

/** Time as drivers see it. Intervals come from the monotonic clock only; the wall clock is for labels. */
export interface HostClock {
  /** Monotonic time in ns; the same origin in all threads of the machine. */
  monotonicNs(): bigint;
  /** Wall clock in ns since 1970-01-01 UTC (resolution of the system call: 1 ms, interpolated). */
  epochNs(): bigint;
  /** Both clocks, read together. */
  anchor(): ClockAnchor;
}

/** The machine's clocks. Wall clock steps show as a changed difference between successive anchors. */
export const systemClock: HostClock = {
  monotonicNs: () => process.hrtime.bigint(),
  epochNs: () => wallNs(),
  anchor: () => ({ monotonicNs: process.hrtime.bigint(), epochNs: wallNs() }),
};

function wallNs(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}

/** Wall clock time of a monotonic time by an anchor, ns since 1970. */
export function epochOf(monotonicNs: bigint, anchor: ClockAnchor): bigint {
  return anchor.epochNs + (monotonicNs - anchor.monotonicNs);
}
