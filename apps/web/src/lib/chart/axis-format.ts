import { si } from '../format/numbers';

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
