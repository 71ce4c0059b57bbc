import { describe, expect, it } from 'vitest';
import { numberText } from './number-text.js';

describe('numbers of a report', () => {
  it.each([
    [0.1000312, 0.0000213, 'keV/unit', '0.100031 ± 0.000021 keV/unit'],
    [2039.4, 12.3, 'keV', '2039 ± 12 keV'],
    [1.5, null, '', '1.5'],
    [null, null, 'keV', '–'],
    [7, 0, '', '7'],
    [1.2341e-6, 3.1e-8, '1/ns', '(1.234 ± 0.031)e-6 1/ns'],
    [-2e-9, 4e-8, '', '(-0.2 ± 4.0)e-8'],
    [0.1, 1e-17, '', '0.100000 ± 1.0e-17'],
  ])('%s ± %s', (value, error, unit, text) => {
    expect(numberText({ value, error, unit })).toBe(text);
  });
});
