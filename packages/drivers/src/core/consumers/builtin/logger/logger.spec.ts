import { describe, expect, it } from 'vitest';
import { calibrationCurve } from './calibration-curve.js';
import { ChannelFormulas } from './channel-formulas.js';
import { IntervalMeans } from './interval-means.js';
import { headLines, shortNumber, valueLine } from './value-lines.js';

describe('a calibration curve', () => {
  const places = [-0.5, 0.7, 2.2, 3.3, 5.1, 8];
  // Values of FITPACK's interpolating spline (scipy 1.x, UnivariateSpline with s=0).
  it.each([
    ['a line', [1, 3], [10, 30], [-5, 7, 22, 33, 51, 80]],
    ['a parabola', [0, 1, 3], [0, 2, 1], [-1.625, 1.575, 2.2, 0.275, -7.225, -30.6666666667]],
    ['one cubic', [1, 2, 4, 7], [1, 8, 3, 2], [-31.5, -3.1072, 8.3808, 6.37586666667, -2.15973333333, 17.8]],
    [
      'pieces of cubics, from pairs in any order',
      [2.5, 0, 6, 1, 4],
      [2, 0.1, 5, 1.2, 4.5],
      [-1.15588948787, 1.00762943396, 1.73296690027, 3.21804981132, 5.75784377358, -7.68902665469],
    ],
  ])('goes through its pairs: %s', (_, raw, wanted, expected) => {
    const curve = calibrationCurve({ raw, true: wanted });
    raw.forEach((x, i) => expect(curve(x)).toBeCloseTo(wanted[i]!, 10));
    places.forEach((x, i) => expect(curve(x)).toBeCloseTo(expected[i]!, 9));
  });

  it.each([
    [{ raw: [1, 2], true: [1] }, /1 true values for 2 raw ones/],
    [{ raw: [1], true: [1] }, /at least two pairs/],
    [{ raw: [1, 2, 1], true: [1, 2, 3] }, /raw value 1 is there twice/],
  ])('refuses a table that is none: %j', (table, message) => {
    expect(() => calibrationCurve(table)).toThrow(message);
  });
});

describe('formulas over channels', () => {
  it('know the channels as c0, c1, …, and may be more than these', () => {
    const formulas = new ChannelFormulas(['c0 + c1', 'sqrt(c0)', 'c1 * 2 ** 3', '1.5'], 2);
    expect(formulas.evaluate([4, -1])).toEqual([3, 2, -8, 1.5]);
    expect(formulas.evaluate([9, 0])).toEqual([9, 3, 0, 1.5]);
  });

  it('can do nothing but arithmetic', () => {
    for (const text of ['c2', 'process.exit(1)', '(() => 1)()', "require('fs')", 'c0; c1'])
      expect(() => new ChannelFormulas([text], 2)).toThrow(/character \d+/);
  });
});

describe('means of intervals', () => {
  it('follow the time of the run without drift, and tell what was missed', () => {
    const means = new IntervalMeans(100n, ['mean', 'rms']);
    const at = (timeNs: bigint, a: number[], b: number[]): unknown => {
      const done = means.begin(timeNs);
      means.add(0, a, 0.5, 1);
      means.add(1, b, 2, 0);
      return done;
    };
    expect(at(10n, [2, 4], [3, -4])).toBeUndefined();
    expect(at(99n, [6], [0, 0])).toBeUndefined();
    const rms = 2 * Math.sqrt(25 / 4);
    expect(at(100n, [0], [1])).toEqual({ interval: 0n, values: [3, rms], missed: 0n });
    expect(at(550n, [8], [1])).toEqual({ interval: 1n, values: [1, 2], missed: 0n });
    expect(at(600n, [0], [0])).toEqual({ interval: 5n, values: [5, 2], missed: 3n });
  });
});

describe('lines of values', () => {
  it.each([
    [-0.000125, '-0.000125'],
    [1.23456e-7, '1.235e-07'],
    [123_456, '1.235e+05'],
    [1, '1'],
    [100, '100'],
    [0.0001, '0.0001'],
    [9999.5, '1e+04'],
    [-3.14159, '-3.142'],
    [0, '0'],
    [Number.NaN, 'nan'],
    [-Infinity, '-inf'],
  ])('write %d as %s', (value, text) => {
    expect(shortNumber(value, 4)).toBe(text);
  });

  it('have separators for spreadsheets, and the head of PhyPiDAQ', () => {
    const german = { separator: ';', decimalComma: true, digits: 4 } as const;
    expect(valueLine([0.5, 12.25], german)).toBe('0,5;12,25');
    const columns = [
      { name: '0', label: 'U', unit: 'V' },
      { name: 'p', label: 'p', unit: 'hPa' },
    ];
    expect(headLines(new Date(2026, 2, 7, 4, 5), 0.1, columns, german)).toEqual([
      '# PhyPiDAQ Data recorder  260307-0405',
      '#   logging interval 0.1',
      '# 0:U(V);p:p(hPa)',
    ]);
  });
});
