import { describe, expect, it } from 'vitest';
import { expandedSamples, expandMultiRate, multiRateSamples } from './multi-rate.js';

/** A waveform at full rate, and as the firmware stores it: from sample `change` on in sums of `rate`. */
function waveform(change: number, rate: number, divider: number): { full: number[]; stored: Int16Array } {
  const sums = multiRateSamples - change;
  const full = Array.from({ length: change + rate * sums }, (_, i) =>
    i < change - 40 ? 100 : Math.round(100 + 2000 * Math.exp(-(i - change + 40) / 3000)),
  );
  const stored = Int16Array.from({ length: multiRateSamples }, (_, i) => {
    if (i < change) return full[i]!;
    const first = change + (i - change) * rate;
    return full.slice(first, first + rate).reduce((sum, value) => sum + value, 0) / divider;
  });
  return { full, stored };
}

describe('expandMultiRate', () => {
  it.each([
    [1000, 1000, 4, 1],
    [1000, 1009, 2, 2],
    [500, 516, 10, 8],
    [3, 3, 8, 4],
  ])('with a tail of %i, %i of it in sums of %i over %i', (tail, sums, rate, divider) => {
    const change = multiRateSamples - sums;
    const { full, stored } = waveform(change, rate, divider);
    const expanded = expandMultiRate(stored, tail, rate, divider);
    expect(expanded.length).toBe(expandedSamples(tail, rate));
    // Sums over as many as they are divided by continue the samples before them: the change does not show.
    if (rate !== divider)
      expect([...expanded.subarray(0, change)]).toEqual(full.slice(0, expanded.length).slice(0, change));
    const worst = Math.max(...[...expanded].map((value, i) => Math.abs(value - full[i]!)));
    expect(worst).toBeLessThan(10);
  });

  it('adds up to what was stored', () => {
    const { stored } = waveform(1018, 4, 2);
    const expanded = expandMultiRate(stored, 1000, 4, 2);
    for (let i = 1018; 1018 + 4 * (i - 1018) + 4 <= expanded.length; i++) {
      const first = 1018 + 4 * (i - 1018);
      const sum = expanded.subarray(first, first + 4).reduce((all, value) => all + value, 0);
      expect(sum).toBe(stored[i]! * 2);
    }
  });

  it('has the length of the formula', () => {
    expect(expandedSamples(1000, 4)).toBe(2018 - 1000 - 16 + 3 * 997);
  });
});
