import { describe, expect, it } from 'vitest';
import { runsOf } from './runs-of';

describe('runs as a person writes them', () => {
  it.each([
    ['', null, null],
    [' 12 ', 12, 12],
    ['12-15', 12, 15],
    ['12 – 15', 12, 15],
    ['12-', 12, null],
    ['-15', null, 15],
  ])('%j', (text, firstRun, lastRun) => {
    expect(runsOf(text)).toEqual({ firstRun, lastRun });
  });
  it.each(['-', 'a', '1,2', '1-2-3', '1.5', '12 15', '12345678901'])('%j are none', (text) => {
    expect(runsOf(text)).toBeUndefined();
  });
});
