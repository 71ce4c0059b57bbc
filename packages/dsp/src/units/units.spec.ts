import { describe, expect, it } from 'vitest';
import { convert, isCompatible, quantity, ratio, type Unit } from './unit.js';
import { parseUnit, unitOf } from './unit-registry.js';

function unit(name: string): Unit {
  const found = unitOf(name);
  if (found === undefined) throw new Error(`no unit ${name}`);
  return found;
}

describe('units', () => {
  it.each([
    [0.3, 'us', 10, 'ns', 30],
    [8, 'us', 16, 'ns', 500],
    [270, 'ns', 10, 'ns', 27],
    [1, 's', 16, 'ns', 62_500_000],
    [1, 'hour', 1, 'min', 60],
    [2.6, 'MeV', 1, 'keV', 2600],
    [10, 'MHz', 1, 'kHz', 10_000],
  ])('%d %s are so many times %d %s: %d', (value, name, per, other, times) => {
    expect(ratio(quantity(value, unit(name)), quantity(per, unit(other)))).toBe(times);
  });

  it('convert exactly between decimal multiples', () => {
    expect(convert(0.44, unit('us'), unit('ns'))).toBe(440);
    expect(convert(1200, unit('ns'), unit('us'))).toBe(1.2);
  });

  it('know what can be compared', () => {
    expect(isCompatible(unit('ns'), unit('day'))).toBe(true);
    expect(isCompatible(unit('ns'), unit('MHz'))).toBe(false);
  });

  it.each(['a', 'm', 's', 'ns', 'us', 'dt', 'min', 'count', 'sigma', 'kHz', 'bar', 'pe', 'point'])(
    '%s is a unit',
    (name) => {
      expect(unitOf(name)).toBeDefined();
    },
  );

  it.each(['wf', 'tp_0', 'bl_mean', 'curr', 'baseline', 'x', 'energies'])('%s is none', (name) => {
    expect(unitOf(name)).toBeUndefined();
  });

  it('leave free texts of columns alone', () => {
    expect(parseUnit('ADC')).toBeUndefined();
    expect(parseUnit('')).toBeUndefined();
    expect(parseUnit(' us ')?.text).toBe('us');
  });
});
