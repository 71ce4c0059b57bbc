import { describe, expect, it } from 'vitest';
import { limitsText, parseLimits } from './quantity';

describe('limits of an axis', () => {
  it('are numbers, or texts with a unit', () => {
    expect(parseLimits('0, 20*us', 'ns')).toEqual([0, 20_000]);
    expect(parseLimits('-1e3 to 2.5 us', 'ns')).toEqual([-1000, 2500]);
    expect(parseLimits(' .5, 100*ADC', 'ADC')).toEqual([0.5, 100]);
    expect(parseLimits('', 'ns')).toBeNull();
  });
  it('say what is wrong', () => {
    expect(parseLimits('10*us', 'ns')).toContain('two limits');
    expect(parseLimits('1, 2, 3', 'ns')).toContain('two limits');
    expect(parseLimits('ten, 20', 'ns')).toContain('ten is no number');
    expect(parseLimits('0, 3*keV', 'ns')).toContain('keV cannot be turned into ns');
    expect(parseLimits('5, 1', 'ns')).toContain('above the first');
  });
  it('are written back as they are read', () => {
    expect(limitsText([0, 1500], 'ns')).toBe('0*ns, 1500*ns');
    expect(parseLimits(limitsText([0, 1500], 'ns'), 'ns')).toEqual([0, 1500]);
    expect(limitsText([0, 10], 'sample')).toBe('0, 10');
    expect(limitsText(null, 'ns')).toBe('');
  });
});
