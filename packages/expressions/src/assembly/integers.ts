export class Integer {
  /** Rounds down; 0 for a divisor of 0. The least integer divided by −1 wraps around to itself. */
  @inline
  static floorDivide<T extends number>(x: T, y: T): T {
    if (y == <T>0) return <T>0;
    if (y == <T>-1) return <T>(<T>0 - x);
    const quotient = <T>(x / y);
    return (x ^ y) < <T>0 && quotient * y != x ? <T>(quotient - <T>1) : quotient;
  }

  /** The sign follows the dividend; 0 for a divisor of 0. */
  @inline
  static remainder<T extends number>(x: T, y: T): T {
    return y == <T>0 ? <T>0 : <T>(x % y);
  }

  /** A shift by less than 0 or by the width and more moves every bit out. */
  @inline
  static shiftLeft<T extends number>(x: T, y: T): T {
    return y >= <T>0 && y < <T>(8 * sizeof<T>()) ? <T>(x << y) : <T>0;
  }

  /** As {@link shiftLeft}, to the right; copies of the sign come in. */
  @inline
  static shiftRight<T extends number>(x: T, y: T): T {
    const most = <T>(8 * sizeof<T>() - 1);
    return <T>(x >> (y >= <T>0 && y <= most ? y : most));
  }
}

/** Wraps around; a negative exponent gives 0 but for bases 1 and −1. */
export function power<T extends number>(x: T, y: T): T {
  if (y < <T>0) {
    if (x == <T>1) return x;
    return x == <T>-1 ? <T>(<T>1 - ((y & <T>1) << (<T>1))) : <T>0;
  }
  let result = <T>1;
  let factor = x;
  for (let n = y; n != <T>0; n >>= <T>1) {
    if ((n & <T>1) != <T>0) result = <T>(result * factor);
    factor = <T>(factor * factor);
  }
  return result;
}
