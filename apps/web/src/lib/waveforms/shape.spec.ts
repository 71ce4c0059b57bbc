import { describe, expect, it } from 'vitest';
import { highestPoint, shaped, startLevel } from './shape';
import { timeFactor } from './time-unit';

const pulse = { times: [0, 16, 32, 48], values: [10, 10, 4, 30] };

describe('the shape of a curve', () => {
  it('is baseline, height and place', () => {
    expect(shaped(pulse, { shift: 16, offset: 10, scale: 2 })).toEqual({
      times: Float64Array.of(-16, 0, 16, 32),
      values: Float64Array.of(0, 0, -3, 10),
    });
  });

  it('takes the baseline from the first samples, over what is missing', () => {
    const long = Float64Array.from({ length: 100 }, (_, index) => (index < 5 ? index : 1000));
    expect(startLevel(long)).toBe(2);
    long[0] = Number.NaN;
    expect(startLevel(long)).toBe(2.5);
    expect(startLevel([])).toBe(0);
    expect(startLevel([Number.NaN])).toBe(0);
  });

  it('finds the highest point to either side', () => {
    expect(highestPoint(pulse, 10)).toEqual({ time: 48, height: 20 });
    expect(highestPoint(pulse, 40)).toEqual({ time: 32, height: 36 });
    expect(highestPoint({ times: [0, 1], values: [Number.NaN, Number.NaN] }, 0)).toBeNull();
  });
});

describe('units of time', () => {
  it('go into each other, and other units do not', () => {
    expect(timeFactor('us', 'ns')).toBeCloseTo(1000, 9);
    expect(timeFactor('ns', 'ns')).toBe(1);
    expect(timeFactor('ADC', 'ns')).toBeNull();
    expect(timeFactor('ns', null)).toBeNull();
  });
});
