import { describe, expect, it } from 'vitest';
import { urlChoice, urlFlag, urlList, urlNumber, urlRange, urlText } from './url-state';

describe('values in the address', () => {
  it('come back as they were written', () => {
    expect(urlText.read(urlText.write('a b&c'))).toBe('a b&c');
    expect(urlNumber.read(urlNumber.write(-1.5))).toBe(-1.5);
    expect(urlList.read(urlList.write(['adc0/1', 'a,b']))).toEqual(['adc0/1', 'a,b']);
    expect(urlRange.read(urlRange.write([100.25, 2614.5]))).toEqual([100.25, 2614.5]);
    expect(urlFlag().read(urlFlag().write(true))).toBe(true);
    expect(urlFlag(true).read(urlFlag(true).write(false))).toBe(false);
  });

  it('are left out when they are the usual ones', () => {
    expect(urlText.write('')).toBeNull();
    expect(urlList.write([])).toBeNull();
    expect(urlFlag(true).write(true)).toBeNull();
    expect(urlChoice(['active', 'all']).write('active')).toBeNull();
    expect(urlRange.write(null)).toBeNull();
  });

  it('that make no sense are read as the usual ones', () => {
    expect(urlNumber.read('x')).toBeNull();
    expect(urlNumber.read(' ')).toBeNull();
    expect(urlChoice(['active', 'all']).read('nonsense')).toBe('active');
    expect(urlRange.read('5,1')).toBeNull();
    expect(urlRange.read('1')).toBeNull();
    expect(urlRange.read(null)).toBeNull();
  });
});
