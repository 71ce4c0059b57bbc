import { describe, expect, it } from 'vitest';
import { inShape, Persistence } from './overlay';
import type { Curve } from './prepare';

function curve(eventNumber: number, values: readonly number[], key = 'adc/1'): Curve {
  const times = Float64Array.from(values, (_, index) => index * 10 - 10);
  const name = { key, channel: 1, source: 'adc', unit: 'ADC' };
  return { ...name, eventNumber: String(eventNumber), times, values: Float64Array.from(values) };
}

describe('live curves', () => {
  it('stay as they were sent without a wish', () => {
    const one = curve(1, [1, 2]);
    expect(inShape(one, { base: 'sent', norm: 'sent', align: 'trigger' })).toBe(one);
  });

  it('lose their baseline, get height 1, and begin at their highest point', () => {
    const shape = inShape(curve(1, [5, 5, 9, 7]), { base: 'start', norm: 'max', align: 'max' });
    expect([...shape.values]).toEqual([0, 0, 1, 0.5]);
    expect([...shape.times]).toEqual([-20, -10, 0, 10]);
    const flat = inShape(curve(1, [5, 5]), { base: 'start', norm: 'max', align: 'trigger' });
    expect([...flat.values]).toEqual([0, 0]);
  });

  it('persist, the newest one apart, each event once', () => {
    const kept = new Persistence();
    for (const event of [1, 2, 2, 3, 4]) kept.add([curve(event, [event])], 3);
    kept.add([curve(9, [9], 'adc/2')], 3);
    expect(kept.before('adc/1', 3).map(({ eventNumber }) => eventNumber)).toEqual(['2', '3']);
    expect(kept.before('adc/2', 3)).toEqual([]);
    expect(kept.before('adc/1', 2).map(({ eventNumber }) => eventNumber)).toEqual(['3']);
    expect(kept.before('adc/1', 1)).toEqual([]);
    kept.clear();
    expect(kept.before('adc/1', 3)).toEqual([]);
  });
});
