import type { PicoScopeConfig } from '../pico-scope.config.js';
import { channelColours, type ResolvedSettings } from './resolve.js';

/** Time per read-out that the old programs assumed in their live time, s. */
export function overheadS(channels: number): number {
  return 0.38e-3 + 0.13e-3 * channels;
}

/**
 * The scope as it is announced to everybody, under the names that the old programs used; lists as JSON. Kept
 * with the run.
 */
export function announced(
  config: PicoScopeConfig,
  settings: ResolvedSettings,
): Record<string, string | number | boolean> {
  const { channels, timeBase, preTrigger, thresholdV, fullScale } = settings;
  const old: Readonly<Record<string, string>> = {
    rising: 'Rising',
    falling: 'Falling',
    above: 'Above',
    below: 'Below',
    'rising-or-falling': 'RiseOrFall',
  };
  return {
    Channels: JSON.stringify(channels.map(({ name }) => name)),
    NChannels: channels.length,
    NSamples: timeBase.samples,
    TSampling: timeBase.intervalS,
    pretrig: preTrigger,
    CRanges: JSON.stringify(channels.map(({ range }) => range.volts)),
    ChanOffsets: JSON.stringify(channels.map(({ offsetV }) => offsetV)),
    ChanColors: JSON.stringify(
      config.channels.map(({ colour }, place) => colour || (channelColours[place] ?? 'black')),
    ),
    trgChan: config.trigger.channel,
    trgActive: config.trigger.kind !== 'off',
    trgThr: thresholdV,
    trgTyp: old[config.trigger.direction] ?? 'Rising',
    fullScale,
  };
}
