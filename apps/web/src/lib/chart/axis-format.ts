import { si } from '../format/numbers';

/** Tick text with an SI prefix and no unit (the unit stands in the axis name): `1.5 k`. */
export function tick(value: number): string {
  return si(Number(value.toPrecision(6)), '', significantDigits(value)).replace(' ', ' ');
}

function significantDigits(value: number): number {
  const text = Math.abs(Number(value.toPrecision(6))).toExponential();
  const mantissa = text.slice(0, text.indexOf('e')).replace('.', '');
  return Math.max(3, mantissa.length);
}
