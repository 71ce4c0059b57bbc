import { describe, expect, it } from 'vitest';
import { int64, int64Bytes, int64Minus, int64Share, int64Short, int64ToNumber } from './int64';

const largest = '9223372036854775807';

describe('64-bit integers as text', () => {
  it('shows every digit of the largest', () => {
    expect(int64(largest)).toBe('9 223 372 036 854 775 807');
    expect(int64('-12345')).toBe('-12 345');
    expect(int64(null)).toBe('–');
  });

  it('subtracts without losing bits', () => {
    expect(int64Minus(largest, '9223372036854775806')).toBe('1');
  });

  it('gives shares of totals too large for a float', () => {
    expect(int64Share('4611686018427387903', largest)).toBeCloseTo(0.5, 6);
    expect(int64Share('1', '0')).toBeNaN();
  });

  it('shortens for reading', () => {
    expect(int64Short('1234567')).toBe('1.23 M');
    expect(int64Bytes('1024')).toBe('1.00 KiB');
    expect(int64ToNumber(null)).toBeNaN();
  });
});
