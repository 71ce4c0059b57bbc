import { describe, expect, it } from 'vitest';
import { cellText } from './cell-text';

describe('cellText', () => {
  it('keeps integers whole and 64-bit ones to the last digit', () => {
    expect(cellText(123456789)).toBe('123456789');
    expect(cellText('9223372036854775807')).toBe('9223372036854775807');
  });

  it('shortens floats, and shows what is no number', () => {
    expect(cellText(0.1 + 0.2)).toBe('0.3');
    expect(cellText(1.23456789e-12)).toBe('1.234568e-12');
    expect(cellText('NaN')).toBe('NaN');
    expect(cellText(null)).toBe('–');
    expect(cellText(true)).toBe('true');
  });

  it('writes vectors with the mark of what was cut', () => {
    expect(cellText([1, 2.5, '…'])).toBe('[1, 2.5, …]');
    expect(cellText([])).toBe('[]');
  });
});
