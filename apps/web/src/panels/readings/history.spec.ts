import type { MetersFrame } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { addReading, historyUnit, pairsOf, type Reading, seriesOf } from './history';

function frame(...means: number[]): MetersFrame {
  return {
    run: 1,
    channels: means.map((mean, channel) => ({
      channel,
      source: 'scope',
      label: 'AB'[channel]!,
      unit: 'V',
      mean,
      effective: 2 * mean,
      sigma: 0,
      peak: -mean,
      low: null,
      high: null,
    })),
  };
}

describe('history of readings', () => {
  it('keeps the newest and gives them by channel', () => {
    let readings: readonly Reading[] = [];
    for (let i = 0; i < 5; i++) readings = addReading(readings, frame(i, 10 * i), 1000 * i, 3);
    expect(seriesOf(readings, 'scope A', 'mean')).toEqual([
      [-2, 2],
      [-1, 3],
      [0, 4],
    ]);
    expect(seriesOf(readings, 'scope B', 'peak').at(-1)).toEqual([0, -40]);
    expect(seriesOf(readings, 'scope C', 'mean')).toEqual([]);
    expect(pairsOf(readings, 'scope A', 'scope B', 'effective')[0]).toEqual([4, 40]);
  });

  it('is in a unit that suits its length', () => {
    expect([60, 600, 10_000].map((seconds) => historyUnit(seconds)[1])).toEqual(['s', 'min', 'h']);
  });
});
