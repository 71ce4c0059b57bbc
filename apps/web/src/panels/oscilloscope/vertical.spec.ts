import { describe, expect, it } from 'vitest';
import { AutoViews, fromDivision, niceScale, scaleChoices, toDivision, viewOf, viewsCodec } from './vertical';

describe('vertical scale', () => {
  it('takes the next of 1, 2, 5', () => {
    expect([0.011, 0.02, 0.3, 1, 7].map(niceScale)).toEqual([0.02, 0.02, 0.5, 1, 10]);
    expect([0, Number.NaN, -1].map(niceScale)).toEqual([1, 1, 1]);
    expect(scaleChoices(0.02)).toContain(0.02);
    expect(scaleChoices(0.02)[0]).toBe(1e-5);
  });

  it('puts a signal onto the screen and back', () => {
    const view = viewOf(-0.9, 0.1);
    expect(view.perDivision).toBe(0.2);
    expect(toDivision(-0.9, view)).toBeGreaterThanOrEqual(-4);
    expect(toDivision(0.1, view)).toBeLessThanOrEqual(4);
    expect(fromDivision(toDivision(-0.3, view), view)).toBeCloseTo(-0.3, 12);
    expect(Object.is(viewOf(-1, 1).offset, 0)).toBe(true);
  });

  it('grows with the signal and stays when it gets smaller', () => {
    const auto = new AutoViews();
    const small = auto.of('a', Float64Array.of(-0.01, 0.01));
    expect(auto.of('a', Float64Array.of(-0.005, 0.005))).toBe(small);
    const large = auto.of('a', Float64Array.of(-0.5, 0));
    expect(large.perDivision).toBeGreaterThan(small.perDivision);
    expect(auto.of('a', Float64Array.of(-0.01, 0.01))).toEqual(large);
    expect(auto.of('b', Float64Array.of(0, 0)).perDivision).toBe(1);
  });

  it('stands in the address', () => {
    const views = new Map([['scope/0', { perDivision: 0.05, offset: -0.1 }]]);
    expect(viewsCodec.read(viewsCodec.write(views))).toEqual(views);
    expect(viewsCodec.write(new Map())).toBeNull();
    expect(viewsCodec.read('a:0:1,b,c:1:x').size).toBe(0);
  });
});
