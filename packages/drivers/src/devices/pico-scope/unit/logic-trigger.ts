import type { PicoScopeConfig } from '../pico-scope.config.js';
import { externalScale, toCounts } from '../settings/conversion.js';
import type { ResolvedSettings } from '../settings/resolve.js';

/** Bytes of TRIGGER_CHANNEL_PROPERTIES: two thresholds with hysteresis, channel, mode; packed. */
const propertyBytes = 16;

/** Threshold of a trigger source in counts. */
export function thresholdCounts(settings: ResolvedSettings, name: string, volts: number): number {
  const channel = settings.channels.find((candidate) => candidate.name === name);
  if (channel === undefined) return toCounts(volts, externalScale.volts, externalScale.counts, 0);
  return toCounts(volts, channel.range.volts, settings.fullScale, channel.offsetV);
}

/** Levels of a logic trigger as the interface wants them. */
export function triggerProperties(
  config: PicoScopeConfig,
  settings: ResolvedSettings,
  sourceOf: (name: string) => number,
): Uint8Array {
  const { levels } = config.trigger;
  const bytes = new Uint8Array(propertyBytes * levels.length);
  const view = new DataView(bytes.buffer);
  levels.forEach(({ channel, thresholdV, hysteresisV }, index) => {
    const at = propertyBytes * index;
    const level = thresholdCounts(settings, channel, thresholdV);
    const hysteresis = Math.abs(thresholdCounts(settings, channel, thresholdV + hysteresisV) - level);
    view.setInt16(at, level, true);
    view.setUint16(at + 2, hysteresis, true);
    view.setInt16(at + 4, level, true);
    view.setUint16(at + 6, hysteresis, true);
    view.setInt32(at + 8, sourceOf(channel), true);
    view.setInt32(at + 12, 0, true);
  });
  return bytes;
}
