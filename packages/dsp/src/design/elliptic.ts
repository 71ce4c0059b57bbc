import type { Ripple, ZeroPoleGain } from './analog-prototypes.js';
import { add, type Complex, complex, conjugate, divide, multiply, product, scale } from './complex.js';

/** An elliptic modulus with its complement, both known well however near to 0 or 1 they are. */
interface Modulus {
  readonly k: number;
  readonly complement: number;
}

/** Descending Landen transformation, until the modulus is negligible. */
function landen(modulus: Modulus): number[] {
  const steps: number[] = [];
  let { k, complement } = modulus;
  while (k > 1e-17 && steps.length < 40) {
    k = (k / (1 + complement)) ** 2;
    complement = (2 * Math.sqrt(complement)) / (1 + complement);
    steps.push(k);
  }
  return steps;
}

/** Climbs from a circular to an elliptic function: w -> (1 + v) w / (1 + v w^2), from the smallest modulus up. */
function ascend(start: Complex, steps: readonly number[]): Complex {
  return steps.reduceRight(
    (w, v) => divide(scale(w, 1 + v), add(complex(1), scale(multiply(w, w), v))),
    start,
  );
}

/** cd(u K, k): the argument in units of the quarter period. */
function cd(u: Complex, modulus: Modulus): Complex {
  const [x, y] = [(Math.PI / 2) * u.re, (Math.PI / 2) * u.im];
  return ascend(complex(Math.cos(x) * Math.cosh(y), -Math.sin(x) * Math.sinh(y)), landen(modulus));
}

/** sn(u K, k): the argument in units of the quarter period. */
function sn(u: Complex, modulus: Modulus): Complex {
  const [x, y] = [(Math.PI / 2) * u.re, (Math.PI / 2) * u.im];
  return ascend(complex(Math.sin(x) * Math.cosh(y), Math.cos(x) * Math.sinh(y)), landen(modulus));
}

/** The imaginary part of u with sn(i u K, k) = i x, in units of the quarter period. */
function inverseOfImaginary(x: number, modulus: Modulus): number {
  let w = x;
  let before = modulus.k;
  for (const v of landen(modulus)) {
    w = (2 * w) / ((1 + v) * (1 + Math.sqrt(1 + (w * before) ** 2)));
    before = v;
  }
  return (2 / Math.PI) * Math.asinh(w);
}

/** The modulus that goes with an order and the ratio of the ripples (the degree equation). */
function modulusOf(order: number, ratio: Modulus): Modulus {
  const turned = { k: ratio.complement, complement: ratio.k };
  let complement = ratio.complement ** order;
  for (let i = 1; i <= Math.floor(order / 2); i += 1)
    complement *= sn(complex((2 * i - 1) / order), turned).re ** 4;
  return { k: Math.sqrt((1 - complement) * (1 + complement)), complement };
}

/** Elliptic (Cauer) low-pass prototype: equal ripple in both bands. */
export function ellipticPrototype(order: number, { pass, stop }: Ripple): ZeroPoleGain {
  const passRipple = Math.sqrt(10 ** (pass / 10) - 1);
  if (order === 1) return { zeros: [], poles: [complex(-1 / passRipple)], gain: 1 / passRipple };
  const k1 = passRipple / Math.sqrt(10 ** (stop / 10) - 1);
  const ratio = { k: k1, complement: Math.sqrt((1 - k1) * (1 + k1)) };
  const modulus = modulusOf(order, ratio);
  const shift = inverseOfImaginary(1 / passRipple, ratio) / order;
  const places = Array.from({ length: Math.floor(order / 2) }, (_, i) => (2 * i + 1) / order);
  const upper = places.map((u) => complex(0, 1 / (modulus.k * cd(complex(u), modulus).re)));
  const zeros = upper.flatMap((zero) => [zero, conjugate(zero)]);
  const pairs = places.map((u) => multiply(complex(0, 1), cd(complex(u, -shift), modulus)));
  const poles = pairs.flatMap((pole) => [pole, conjugate(pole)]);
  if (order % 2 === 1) poles.push(complex(multiply(complex(0, 1), sn(complex(0, shift), modulus)).re));
  const gain = divide(
    product(poles.map((pole) => scale(pole, -1))),
    product(zeros.map((zero) => scale(zero, -1))),
  ).re;
  return { zeros, poles, gain: order % 2 === 0 ? gain / Math.sqrt(1 + passRipple ** 2) : gain };
}
