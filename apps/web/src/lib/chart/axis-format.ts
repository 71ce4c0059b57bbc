import { si, siScale } from '../format/numbers';

/**
 * Tick text with an SI prefix and no unit (the unit stands in the axis name): `1.5 k`. Tenths and hundredths are written out:
 * `0.8` beside `1` and `1.2`.
 */
export function tick(value: number): string {
  if (Math.abs(value) >= 0.01 && Math.abs(value) < 1) return String(Number(value.toPrecision(6)));
  return si(value, '', 6)
    .replace(/(\.\d*?)0+(?=\D|$)/, '$1')
    .replace(/\.(?=\D|$)/, '');
}

/** A unit with one SI prefix for a whole axis: ticks are values divided by `factor`. */
export interface AxisUnit {
  readonly factor: number;
  readonly unit: string;
  /** Tick text of a value in the unit without its prefix. */
  readonly tick: (value: number) => string;
}

/** The unit of an axis whose largest value is so large: `mV` for 0.02 V. Plain numbers and counts take no prefix. */
export function axisUnit(largest: number, unit: string): AxisUnit {
  if (unit === '' || unit === 'adc') return { factor: 1, unit, tick };
  const [factor, prefix] = siScale(largest);
  const text = (value: number): string => String(Number((value / factor).toPrecision(6)));
  return { factor, unit: `${prefix}${unit}`, tick: text };
}

/** The largest size among numbers; 0 without one. */
export function largestOf(values: Iterable<number>): number {
  let largest = 0;
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value);
  return largest;
}
