import { describe, expect, it } from 'vitest';
import { channelColor, channelKey, channelLabel, shownKeys, sortedKeys } from './channel-keys';
import { trendPoints } from './rates/rates-option';

const all = sortedKeys(['b/2', 'a/10', 'a/2', 'b/3']);

describe('channels', () => {
  it('are in the order of sources and numbers', () => {
    expect(all).toEqual(['a/2', 'a/10', 'b/2', 'b/3']);
    expect(channelKey({ source: 'a', channel: 2 })).toBe('a/2');
  });

  it('name their source only where the number is not enough', () => {
    expect(channelLabel('a/10', all)).toBe('ch 10');
    expect(channelLabel('a/2', all)).toBe('a ch 2');
  });

  it('are the chosen ones, else the first few', () => {
    expect(shownKeys(all, ['b/3', 'gone/1'])).toEqual(['b/3']);
    expect(shownKeys(['1', '2', '3', '4', '5'], [])).toEqual(['1', '2', '3', '4']);
  });

  it('keep their colour whichever others are shown', () => {
    expect(channelColor('b/2', all, ['red', 'blue'])).toBe('red');
    expect(channelColor('b/3', all, ['red', 'blue'])).toBe('blue');
  });
});

describe('trendPoints', () => {
  it('end now', () => {
    expect(trendPoints({ history: [5, 6, 7], historyStepMs: 2000 })).toEqual([
      [-4, 5],
      [-2, 6],
      [0, 7],
    ]);
    expect(trendPoints({ history: [], historyStepMs: 1000 })).toEqual([]);
  });
});
