import type { PicoScopeConfig } from '../pico-scope.config.js';
import type { ResolvedSettings } from '../settings/resolve.js';
import { thresholdCounts } from '../unit/logic-trigger.js';

/** Tells from the samples of a record (by the place of the channel) that no trigger made it. */
export type TimedOut = (samplesOf: (place: number) => Int16Array) => boolean;

/** Samples on either side of the trigger in which the level must be crossed, and counts by which it may be missed: two steps of eight bits. */
const around = 2;
const step = 512;

/**
 * How to tell records that were taken because the time to wait for a trigger was over: no scope says so, but where a simple
 * trigger fired, its channel crosses the level. Undefined where that cannot be seen: another kind of trigger, a trigger
 * input, no time-out, the moment of the trigger outside of the record, records put together out of many.
 */
export function timedOutTest(config: PicoScopeConfig, settings: ResolvedSettings): TimedOut | undefined {
  const { trigger, mode } = config;
  const { channels, timeBase, preSamples, ets } = settings;
  const place = channels.findIndex(({ name }) => name === trigger.channel);
  const at = preSamples - trigger.delaySamples;
  const waits = trigger.kind === 'simple' && trigger.timeoutMs > 0 && mode !== 'streaming';
  if (!waits || place < 0 || at < 0 || at >= timeBase.samples || ets !== undefined) return undefined;
  const level = thresholdCounts(settings, trigger.channel, settings.thresholdV);
  const [from, to] = [Math.max(0, at - around), at + around + 1];
  const { direction } = trigger;
  // Without a sample before the trigger the crossing itself is not in the record.
  const crosses = at > 0 && direction !== 'above' && direction !== 'below';
  const high = crosses || direction === 'rising' || direction === 'above';
  const low = crosses || direction === 'falling' || direction === 'below';
  return (samplesOf) => {
    const near = samplesOf(place).subarray(from, to);
    let [least, most] = [Infinity, -Infinity];
    for (const value of near) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return (high && most < level - step) || (low && least > level + step);
  };
}
