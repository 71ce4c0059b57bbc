import { describe, expect, it } from 'vitest';
import { plain } from '../../lib/format/numbers';
import { atLeast, columnText, estimateText, keyText, seenText, timesText } from './recording-words';

describe('words about a recording', () => {
  it('say that a part is a part', () => {
    expect(seenText({ bytes: 2 ** 20, totalBytes: 2 ** 30, isWhole: false })).toMatch(
      /^its first 1.00.MiB of 1.00.GiB$/,
    );
    expect(seenText({ bytes: 2 ** 20, totalBytes: null, isWhole: false })).toMatch(
      /when unpacked is not known$/,
    );
    expect(seenText({ bytes: 2 ** 20, totalBytes: 2 ** 20, isWhole: true })).toMatch(/^all of its 1.00.MiB$/);
    expect(atLeast('5', false)).toBe('at least 5');
    expect(estimateText(500, false, plain)).toBe('about 500');
    expect(estimateText(500, true, plain)).toBe('500');
    expect(estimateText(null, false, plain)).toBe('not known');
  });

  it('name keys, columns and times', () => {
    expect(keyText([1, 2], 2)).toBe('1, 2');
    expect(
      keyText(
        Array.from({ length: 20 }, (_, key) => key),
        70,
      ),
    ).toBe('0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 58 more');
    const column = { name: 'w', dtype: 'uint16', shape: [9], variableLength: false, units: 'adc' };
    expect(columnText(column)).toBe('w uint16[9] / adc');
    expect(columnText({ ...column, shape: [], variableLength: true, units: null })).toBe('w uint16[…]');
    expect(timesText({ first: 1.6e9, last: 1.6e9 + 61, units: 's' })).toBe(
      '2020-09-13 12:26:40 to 2020-09-13 12:27:41',
    );
    expect(timesText({ first: 0.5, last: 61, units: 's' })).toBe('0.5 to 61 s');
    expect(timesText(null)).toBe('–');
  });
});
