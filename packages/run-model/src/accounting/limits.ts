import type { RunLimits } from '@countroom/contracts';
import type { RunTotals } from './totals.js';

const nsPerSecond = 1_000_000_000;

/**
 * Why a run has met one of its limits, as the reason kept with the run; undefined while it has not. Events count
 * recorded ones of all sources, one of several channels once; seconds count time in RUN without pauses, dead time included.
 */
export function limitMet(
  limits: RunLimits,
  totals: Pick<RunTotals, 'runTimeNs' | 'pausedNs'> & { readonly events: bigint },
): string | undefined {
  if (limits.events !== undefined && totals.events >= BigInt(limits.events)) {
    return `limit of ${limits.events} events reached`;
  }
  if (limits.seconds !== undefined) {
    const limitNs = BigInt(Math.round(limits.seconds * nsPerSecond));
    if (totals.runTimeNs - totals.pausedNs >= limitNs) return `limit of ${limits.seconds} s reached`;
  }
  return undefined;
}
