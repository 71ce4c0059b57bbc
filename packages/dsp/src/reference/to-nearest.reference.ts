import { type AnyNumbers, isBig } from './any-numbers.js';
import { roundHalfEven } from './round-half-even.js';

/** The four ways of rounding a number, and a quotient of 64-bit integers. */
interface Rounding {
  readonly number: (value: number) => number;
  readonly quotient: (value: bigint, step: bigint) => bigint;
}

function floorQuotient(value: bigint, step: bigint): bigint {
  const quotient = value / step;
  return value % step !== 0n && value < 0n !== step < 0n ? quotient - 1n : quotient;
}

function evenQuotient(value: bigint, step: bigint): bigint {
  const below = floorQuotient(value, step);
  const twice = 2n * (value - below * step);
  const size = step < 0n ? -step : step;
  const rest = twice < 0n ? -twice : twice;
  if (rest === size) return below % 2n === 0n ? below : below + 1n;
  return rest < size ? below : below + 1n;
}

function toNearest(rounding: Rounding): (val: AnyNumbers, to: AnyNumbers, out: AnyNumbers) => number {
  return (val, to, out) => {
    if (isBig(val) && isBig(to) && isBig(out)) {
      out[0] = to[0] === 0n ? 0n : to[0]! * rounding.quotient(val[0]!, to[0]!);
    } else if (!isBig(val) && !isBig(to) && !isBig(out)) {
      out[0] = to[0]! * rounding.number(val[0]! / to[0]!);
    }
    return 0;
  };
}

/** to x round(v / to), halves to even. */
export const roundToNearest = toNearest({ number: roundHalfEven, quotient: evenQuotient });

/** to x floor(v / to). */
export const floorToNearest = toNearest({ number: Math.floor, quotient: floorQuotient });

/** to x ceil(v / to). */
export const ceilToNearest = toNearest({
  number: Math.ceil,
  quotient: (value, step) => -floorQuotient(-value, step),
});

/** to x trunc(v / to). */
export const truncToNearest = toNearest({ number: Math.trunc, quotient: (value, step) => value / step });
