import { si } from '../../lib/format/numbers';
import type { Trace } from './scope-option';

/** A level of the trigger that somebody has moved and not applied yet. */
export interface WishedLevel {
  readonly key: string;
  readonly volts: number;
}

/** The trigger on the screen: the channel that triggers, its level now, and the one that is wished. */
export interface MovableTrigger {
  readonly trace: Trace;
  readonly level: number;
  /** Null while it has not been moved, or once it holds. */
  readonly wished: number | null;
}

/** Levels that differ by less than this part are the same: the device counts in steps of its own. */
const same = 1e-4;

/** The first channel on the screen that triggers on a source whose level can be moved; null without one. */
export function movableTrigger(
  traces: readonly Trace[],
  movable: (source: string) => boolean,
  wish: WishedLevel | null,
): MovableTrigger | null {
  for (const trace of traces) {
    const { key, source, triggerLevel } = trace.curve;
    if (triggerLevel === null || triggerLevel === undefined || !movable(source)) continue;
    const wished = wish?.key === key && !isSame(wish.volts, triggerLevel, trace) ? wish.volts : null;
    return { trace, level: triggerLevel, wished };
  }
  return null;
}

function isSame(one: number, other: number, { view }: Trace): boolean {
  return Math.abs(one - other) < same * view.perDivision;
}

/** Why a level cannot be set; null when it can. */
export function levelReason({ trace: { curve, label }, wished }: MovableTrigger): string | null {
  const { low, high, unit } = curve;
  if (wished === null || low === null || low === undefined || high === null || high === undefined)
    return null;
  if (wished >= low && wished <= high) return null;
  return `${label} sees ${si(low, unit)} to ${si(high, unit)}.`;
}

/** A level as it is sent: of a place on a screen no more digits mean anything. */
export function roundedLevel(volts: number, { view }: Trace): number {
  const digits = Math.max(0, Math.ceil(Math.log10(100 / view.perDivision)));
  return Number(volts.toFixed(Math.min(12, digits)));
}
