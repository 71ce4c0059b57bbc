import { besselPoles } from './bessel.js';
import { type Complex, complex, conjugate, divide, product, scale } from './complex.js';
import { ellipticPrototype } from './elliptic.js';

/** A filter by its zeros, its poles and its gain. */
export interface ZeroPoleGain {
  readonly zeros: readonly Complex[];
  readonly poles: readonly Complex[];
  readonly gain: number;
}

/** Families of filters. */
export const filterTypes = ['butter', 'cheby1', 'cheby2', 'ellip', 'bessel'] as const;
/** One of the families. */
export type FilterType = (typeof filterTypes)[number];

/** What a family needs beside its order: ripple in the pass band and attenuation in the stop band, in dB, above 0. */
export interface Ripple {
  readonly pass: number;
  readonly stop: number;
}

/** Angles of n poles spread evenly over the left half of a circle, from pi/2n off the imaginary axis on. */
function angles(order: number): number[] {
  return Array.from({ length: order }, (_, i) => (Math.PI * (2 * i - order + 1)) / (2 * order));
}

function butterworth(order: number): ZeroPoleGain {
  const poles = angles(order).map((angle) => complex(-Math.cos(angle), -Math.sin(angle)));
  return { zeros: [], poles, gain: 1 };
}

/** Equal ripple in the pass band: poles on an ellipse. */
function chebyshev1(order: number, { pass }: Ripple): ZeroPoleGain {
  const epsilon = Math.sqrt(10 ** (pass / 10) - 1);
  const width = Math.asinh(1 / epsilon) / order;
  const poles = angles(order).map((angle) =>
    complex(-Math.sinh(width) * Math.cos(angle), -Math.cosh(width) * Math.sin(angle)),
  );
  const gain = product(poles.map((pole) => scale(pole, -1))).re;
  return { zeros: [], poles, gain: order % 2 === 0 ? gain / Math.sqrt(1 + epsilon * epsilon) : gain };
}

/** Equal ripple in the stop band: the first kind turned inside out, with zeros on the imaginary axis. */
function chebyshev2(order: number, { stop }: Ripple): ZeroPoleGain {
  const epsilon = 1 / Math.sqrt(10 ** (stop / 10) - 1);
  const width = Math.asinh(1 / epsilon) / order;
  const zeros = angles(order)
    .filter((_, i) => 2 * i !== order - 1)
    .map((angle) => complex(0, -1 / Math.sin(angle)));
  const poles = angles(order).map((angle) =>
    divide(complex(1), complex(-Math.sinh(width) * Math.cos(angle), -Math.cosh(width) * Math.sin(angle))),
  );
  const gain = divide(
    product(poles.map((pole) => scale(pole, -1))),
    product(zeros.map((zero) => scale(zero, -1))),
  ).re;
  return { zeros, poles: poles.map(conjugate), gain };
}

/**
 * Low-pass prototype of a family with its edge at 1 radian per second: Butterworth at -3 dB, Chebyshev I and elliptic
 * at the end of the pass band's ripple, Chebyshev II at the begin of the stop band, Bessel where the phase reaches
 * half of its final value. Order at least 1. (Formulas: Orfanidis, Introduction to Signal Processing, chapter 11, and
 * Lecture notes on elliptic filter design, 2006.)
 */
export function analogPrototype(type: FilterType, order: number, ripple: Ripple): ZeroPoleGain {
  switch (type) {
    case 'butter':
      return butterworth(order);
    case 'cheby1':
      return chebyshev1(order, ripple);
    case 'cheby2':
      return chebyshev2(order, ripple);
    case 'ellip':
      return ellipticPrototype(order, ripple);
    case 'bessel':
      return { zeros: [], poles: besselPoles(order), gain: 1 };
  }
}
