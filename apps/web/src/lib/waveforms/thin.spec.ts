import { describe, expect, it } from 'vitest';
import { thinned } from './thin';

const x = Float64Array.from({ length: 1000 }, (_, index) => index * 10);
const ramp = Float64Array.from({ length: 1000 }, (_, index) => (index === 777 ? -5 : index));

describe('a thinned curve', () => {
  it('keeps every peak, in order', () => {
    const thin = thinned(x, ramp, null, 50);
    expect(thin).toHaveLength(200);
    const points = Array.from({ length: 100 }, (_, at) => [thin[2 * at], thin[2 * at + 1]]);
    expect(points).toContainEqual([7770, -5]);
    expect(points[0]).toEqual([0, 0]);
    expect(points.at(-1)).toEqual([9990, 999]);
    expect(points.map(([at]) => at)).toEqual([...points.map(([at]) => at)].sort((a, b) => a! - b!));
  });

  it('is whole when it is short, or when the reader looks closely', () => {
    expect([...thinned(x.subarray(0, 2), ramp.subarray(0, 2), null, 50)]).toEqual([0, 0, 10, 1]);
    // One neighbour at each side, so that the line reaches the edges.
    expect([...thinned(x, ramp, [100, 110], 50)]).toEqual([90, 9, 100, 10, 110, 11, 120, 12]);
    expect(thinned(x, ramp, [20_000, 30_000], 50)).toHaveLength(2);
    expect(thinned(new Float64Array(0), new Float64Array(0), null, 50)).toHaveLength(0);
  });

  it('shows what is not a number only where there is nothing else', () => {
    const holes = Float64Array.from(ramp, (value, index) =>
      index < 20 || index % 7 === 0 ? Number.NaN : value,
    );
    const thin = thinned(x, holes, null, 50);
    expect([thin[1], thin[3]]).toEqual([Number.NaN, Number.NaN]);
    expect([...thin].slice(4).some(Number.isNaN)).toBe(false);
  });
});
