import { describe, expect, it } from 'vitest';
import { among, bytes, group, percent, plain, si } from './numbers';

const nbsp = ' ';

describe('si', () => {
  it.each([
    [0, 'Hz', `0${nbsp}Hz`],
    [1234, 'Hz', `1.23${nbsp}kHz`],
    [999.9, 'Hz', `1.00${nbsp}kHz`],
    [999.4, 'Hz', `999${nbsp}Hz`],
    [0.0005, 's', `500${nbsp}µs`],
    [-2.5e6, 'B', `-2.50${nbsp}MB`],
    [1e-15, 's', `0.00100${nbsp}ps`],
    [12, '', '12.0'],
  ])('writes %d %s with the prefix that fits', (value, unit, text) => {
    expect(si(value, unit)).toBe(text);
  });

  it('says that a number is not known', () => {
    expect(si(Number.NaN, 'Hz')).toBe('–');
    expect(si(null, 'Hz')).toBe('–');
    expect(si(undefined, 'Hz')).toBe('–');
    expect(si(Number.POSITIVE_INFINITY, 'Hz')).toBe(`∞${nbsp}Hz`);
  });
});

describe('bytes, percent, plain, group', () => {
  it('counts bytes in powers of 1024', () => {
    expect(bytes(512)).toBe(`512${nbsp}B`);
    expect(bytes(1536)).toBe(`1.50${nbsp}KiB`);
    expect(bytes(5 * 1024 ** 4)).toBe(`5.00${nbsp}TiB`);
    expect(bytes(null)).toBe('–');
  });

  it('writes shares as per cent', () => {
    expect(percent(0.1234)).toBe(`12.3${nbsp}%`);
    expect(percent(Number.NaN)).toBe('–');
  });

  it('groups thousands and leaves fractions readable', () => {
    expect(group('1234567')).toBe('1 234 567');
    expect(plain(1234567)).toBe('1 234 567');
    expect(plain(0.1 + 0.2)).toBe('0.3');
    expect(plain(undefined)).toBe('–');
  });
});

describe('among', () => {
  it.each([
    [12426.2, [12426.2, 12426.4], '12426.2'],
    [12426.4, [12426.2, 12426.4], '12426.4'],
    [2.812345, [2.8, 5], '2.812'],
    [123456.7, [0, 1e6], '123457'],
    [13680, [13680, 13680], '13680'],
    [0.00123456, [0.001, 0.002], '0.001235'],
    [0, [-1, 1], '0'],
  ] as const)('tells %d of %j from its neighbours', (value, range, text) => {
    expect(among(value, range)).toBe(text);
  });
});
