import type { ChannelFacts, Prepared } from './driver.js';

/**
 * Channels with what their device announces of them under picoDAQ's names: `Channels`, `CRanges` and `ChanOffsets` (lists
 * as JSON, V), `fullScale` (counts), `trgChan`, `trgActive`, `trgThr` (V), `trgTyp`. What a channel knows itself stays; a
 * device that announces nothing changes nothing. volts = counts × range / fullScale − offset, so the channel measures −range − offset to range − offset.
 */
export function withScopeFacts(
  channels: readonly ChannelFacts[],
  device: Prepared['device'],
): ChannelFacts[] {
  const names = listOf(device['Channels']);
  const ranges = listOf(device['CRanges']);
  const offsets = listOf(device['ChanOffsets']);
  const { fullScale, trgChan, trgThr, trgTyp } = device;
  if (names.length !== channels.length) return [...channels];
  return channels.map((facts, place) => {
    const label = String(names[place]);
    const [range, offset] = [ranges[place], offsets[place] ?? 0];
    const scaled = typeof range === 'number' && typeof fullScale === 'number' && typeof offset === 'number';
    const triggers = device['trgActive'] !== false && trgChan === label;
    return {
      label,
      ...(scaled
        ? {
            voltsPerCount: range / fullScale,
            voltsOffset: -offset,
            rangeVolts: [-range - offset, range - offset] as const,
          }
        : {}),
      ...(triggers
        ? {
            trigger: {
              ...(typeof trgThr === 'number' ? { levelVolts: trgThr } : {}),
              ...(typeof trgTyp === 'string' ? { direction: trgTyp } : {}),
            },
          }
        : {}),
      ...facts,
    };
  });
}

function listOf(value: string | number | boolean | undefined): unknown[] {
  if (typeof value !== 'string') return [];
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
