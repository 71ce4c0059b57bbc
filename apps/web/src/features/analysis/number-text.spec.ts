import { describe, expect, it } from 'vitest';
import { numberText } from './number-text';

describe('numbers of a report', () => {
  it.each([
    [0.1000312, 0.0000213, 'keV/unit', '0.100031 ± 0.000021 keV/unit'],
    [2039.4, 12.3, 'keV', '2039 ± 12 keV'],
    [1.5, null, '', '1.5'],
    [null, null, 'keV', '–'],
    [7, 0, '', '7'],
  ])('%s ± %s', (value, error, unit, text) => {
    expect(numberText({ value, error, unit })).toBe(text);
  });
});
