import type { PicoScopeConfig } from '../pico-scope.config.js';
import type { FamilyName } from './families.js';
import type { ResolvedSettings } from './resolve.js';
import type { TriggerDirection } from './trigger.config.js';

/** Widths that the counter of the interface can hold, samples. */
export const widestSamples = 2 ** 32 - 1;
/** Without a wish the hysteresis is this part of the range. */
const usualHysteresis = 1 / 64;

/** A pulse width as the device counts it. */
export interface ResolvedWidth {
  /** Limits in samples; `upper` is used by `inside` and `outside` alone. */
  readonly lower: number;
  readonly upper: number;
  readonly hysteresisV: number;
  /** Edge at which a pulse begins, and the one at which it ends. */
  readonly begins: TriggerDirection;
  readonly ends: TriggerDirection;
}

/** What becomes of the settings of a pulse width with the interval between samples. */
export function resolveWidth({ trigger }: PicoScopeConfig, settings: ResolvedSettings): ResolvedWidth {
  const { intervalS } = settings.timeBase;
  const counted = (seconds: number): number => Math.max(0, Math.round(seconds / intervalS));
  const channel = settings.channels.find(({ name }) => name === trigger.channel);
  return {
    lower: counted(trigger.pulse.fromS),
    upper: hasTwoLimits(trigger.pulse.width) ? counted(trigger.pulse.toS) : 0,
    hysteresisV: trigger.pulse.hysteresisV ?? usualHysteresis * (channel?.range.volts ?? 0),
    begins: trigger.direction,
    ends: trigger.direction === 'falling' ? 'rising' : 'falling',
  };
}

/** Whether a model has the pulse width qualifier: all but the 2203, which has no conditions at all. */
export function measuresPulses(family: FamilyName, model: string): boolean {
  return family !== '2000' || !model.startsWith('2203');
}

/** Whether a choice of widths has a lower and an upper limit. */
export function hasTwoLimits(width: PicoScopeConfig['trigger']['pulse']['width']): boolean {
  return width === 'inside' || width === 'outside';
}
