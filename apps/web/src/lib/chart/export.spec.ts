import { describe, expect, it } from 'vitest';
import { tick } from './axis-format';
import { csv } from './export';

describe('csv', () => {
  it('puts columns side by side, short ones with empty cells', () => {
    const text = csv([
      { name: 'energy / keV', values: [0, 1.5, 3] },
      { name: 'a "b", c', values: Float64Array.from([7, Number.NaN]) },
    ]);
    expect(text).toBe('energy / keV,"a ""b"", c"\n0,7\n1.5,\n3,\n');
  });

  it('of nothing is a head alone', () => {
    expect(csv([{ name: 'x', values: [] }])).toBe('x\n');
  });
});

describe('tick', () => {
  it.each([
    [0, '0'],
    [500, '500'],
    [1500, '1.5 k'],
    [2000, '2 k'],
    [-8e-6, '-8 µ'],
    [0.25, '0.25'],
    [0.004, '4 m'],
    [100, '100'],
  ])('of %d is %s', (value, text) => {
    expect(tick(value)).toBe(text);
  });
});
