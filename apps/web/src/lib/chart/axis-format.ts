import { si } from '../format/numbers';

/** Tick text with an SI prefix and no unit (the unit stands in the axis name): `1.5 k`. */
export function tick(value: number): string {
  return si(value, '', 6)
    .replace(/(\.\d*?)0+(?=\D|$)/, '$1')
    .replace(/\.(?=\D|$)/, '');
}
