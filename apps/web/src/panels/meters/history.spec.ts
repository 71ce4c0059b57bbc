import type { MetersFrame } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { addReading, historyLength, pairsOf, type Reading, seriesOf } from './history';

function frame(a: number, b: number): MetersFrame {
  const one = { unit: 'V', effective: 0, sigma: 0, peak: 0, low: null, high: null, source: 's' };
  return {
    run: 1,
    channels: [
      { ...one, channel: 0, label: 'A', mean: a },
      { ...one, channel: 1, label: 'B', mean: b },
    ],
  };
}

describe('readings', () => {
  it('make series and pairs, and end at their length', () => {
    let readings: Reading[] = [];
    for (let i = 0; i < historyLength + 5; i++) readings = addReading(readings, frame(i, -i), 500 * i);
    expect(readings).toHaveLength(historyLength);
    expect(seriesOf(readings, 's A').at(-1)).toEqual([0, 124]);
    expect(seriesOf(readings, 's A').at(-3)).toEqual([-1, 122]);
    expect(pairsOf(readings, 's A', 's B').at(-1)).toEqual([124, -124]);
    expect(seriesOf(readings, 'x')).toEqual([]);
  });
});
