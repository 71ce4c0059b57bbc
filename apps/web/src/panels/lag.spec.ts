import { describe, expect, it } from 'vitest';
import { LagMeter } from './lag';

describe('lag', () => {
  it('is said while pictures are left out, and no longer when the page keeps up again', () => {
    const meter = new LagMeter();
    expect(meter.add(0, 0)).toBe('');
    expect(meter.add(100, 0)).toBe('');
    expect(meter.add(200, 4)).toBe('too slow: 4 of 6 pictures left out');
    for (let at = 300; at <= 5000; at += 100) meter.add(at, 4);
    expect(meter.add(5100, 4)).toBe('');
  });

  it('is not said of one picture, nor after a new connection', () => {
    const meter = new LagMeter();
    meter.add(0, 7);
    expect(meter.add(100, 8)).toBe('');
    expect(meter.add(200, 0)).toBe('');
  });
});
