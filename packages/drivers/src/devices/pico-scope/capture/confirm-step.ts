import { DriverError } from '../../../core/errors.js';
import type { PicoScopeConfig } from '../pico-scope.config.js';
import type { ResolvedSettings } from '../settings/resolve.js';
import type { EtsWish, ScopeUnit } from '../unit/scope-unit.js';

/** A time base that is refused is raised by one, at most this often. */
const raises = 8;
/** The step of equivalent-time sampling is told in whole picoseconds, ns. */
const stepRoundingNs = 1e-3;

/** Time between samples as the unit confirmed it. */
export interface ConfirmedStep {
  readonly timeBase: number;
  /** Between samples; with equivalent-time sampling its step. */
  readonly intervalNs: number;
  /** Equivalent-time sampling as it was switched on. */
  readonly ets?: EtsWish;
}

/** Asks a unit that was set up for the time between samples, with equivalent-time sampling for the step that it makes of it. */
export function confirmStep(
  unit: ScopeUnit,
  config: PicoScopeConfig,
  settings: ResolvedSettings,
): ConfirmedStep {
  const exactNs = settings.timeBase.intervalS * 1e9;
  if (config.mode === 'streaming') return { timeBase: 0, intervalNs: exactNs };
  const confirmed = confirmedTimeBase(unit, settings);
  const { ets } = settings;
  if (ets === undefined || config.ets.mode === 'off') return confirmed;
  const wish = { mode: config.ets.mode, cycles: ets.cycles, interleave: ets.interleave };
  const toldNs = unit.useEts(wish) / 1000;
  const agrees = Math.abs(toldNs - exactNs) <= stepRoundingNs;
  return { timeBase: confirmed.timeBase, intervalNs: agrees ? exactNs : toldNs, ets: wish };
}

/** The fastest intervals are for few channels: the unit is asked, and the next slower one taken. */
function confirmedTimeBase(
  unit: ScopeUnit,
  { timeBase, model, ets }: ResolvedSettings,
): { timeBase: number; intervalNs: number } {
  for (let number = timeBase.timeBase; number <= timeBase.timeBase + raises; number++) {
    const told = unit.intervalNs(number, 1);
    if (told === undefined) continue;
    // The unit answers with single precision: where it agrees, the formula is the exact one.
    const exact = timeBase.intervalS * 1e9 * (ets?.interleave ?? 1);
    const agrees = number === timeBase.timeBase && Math.abs(told - exact) <= 1e-5 * exact;
    return { timeBase: number, intervalNs: agrees ? exact : told };
  }
  throw new DriverError(
    'device',
    'recordS',
    `the ${model.model} refuses the time base ${timeBase.timeBase} and the ${raises} after it`,
  );
}
