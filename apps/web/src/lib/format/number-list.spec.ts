import { describe, expect, it } from 'vitest';
import { numbersText, parseNumbers } from './number-list';

describe('numbers in a list', () => {
  it('are single ones and stretches', () => {
    expect(parseNumbers('12-15, 3 7,3', 100)).toEqual([3, 7, 12, 13, 14, 15]);
    expect(numbersText([3, 7, 12, 13, 14, 15])).toBe('3, 7, 12-15');
    expect(parseNumbers('', 100)).toEqual([]);
  });
  it('say what is wrong', () => {
    expect(parseNumbers('3, x', 100)).toContain('x is no number');
    expect(parseNumbers('9-3', 100)).toContain('not be below');
    expect(parseNumbers('0-100', 100)).toContain('at most 100');
  });
});
