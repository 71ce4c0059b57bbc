/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** The complex number re + i im. */
export function complex(re: number, im = 0): Complex {
  return { re, im };
}

/** a + b. */
export function add(a: Complex, b: Complex): Complex {
  return { re: a.re + b.re, im: a.im + b.im };
}

/** a - b. */
export function subtract(a: Complex, b: Complex): Complex {
  return { re: a.re - b.re, im: a.im - b.im };
}

/** a b. */
export function multiply(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

/** a / b, by the larger part of b so that nothing overflows (Smith 1962). */
export function divide(a: Complex, b: Complex): Complex {
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    const ratio = b.im / b.re;
    const size = b.re + b.im * ratio;
    return { re: (a.re + a.im * ratio) / size, im: (a.im - a.re * ratio) / size };
  }
  const ratio = b.re / b.im;
  const size = b.re * ratio + b.im;
  return { re: (a.re * ratio + a.im) / size, im: (a.im * ratio - a.re) / size };
}

/** a times a real factor. */
export function scale(a: Complex, factor: number): Complex {
  return { re: a.re * factor, im: a.im * factor };
}

/** The root of a with a real part that is not negative. */
export function squareRoot(a: Complex): Complex {
  const size = Math.hypot(a.re, a.im);
  if (size === 0) return { re: 0, im: 0 };
  const half = Math.sqrt((size + Math.abs(a.re)) / 2);
  const other = a.im / (2 * half);
  if (a.re >= 0) return { re: half, im: other };
  return { re: Math.abs(other), im: a.im < 0 ? -half : half };
}

/** Re - i im. */
export function conjugate(a: Complex): Complex {
  return { re: a.re, im: -a.im };
}

/** Product of all. */
export function product(factors: readonly Complex[]): Complex {
  return factors.reduce(multiply, { re: 1, im: 0 });
}
