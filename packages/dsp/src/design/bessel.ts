import { add, type Complex, complex, divide, multiply, scale, subtract } from './complex.js';

/** Value and slope of the reverse Bessel polynomial by its recurrence: t_k = (2k - 1) t_{k-1} + s^2 t_{k-2}. */
function reverseBessel(order: number, s: Complex): { readonly value: Complex; readonly slope: Complex } {
  const square = multiply(s, s);
  let before = { value: complex(1), slope: complex(0) };
  let current = { value: add(s, complex(1)), slope: complex(1) };
  for (let k = 2; k <= order; k += 1) {
    const factor = 2 * k - 1;
    const next = {
      value: add(scale(current.value, factor), multiply(square, before.value)),
      slope: add(
        scale(current.slope, factor),
        add(multiply(scale(s, 2), before.value), multiply(square, before.slope)),
      ),
    };
    before = current;
    current = next;
  }
  return current;
}

/** Zeros of the reverse Bessel polynomial, all at once (Aberth 1973), starting from a circle in the left half. */
function zeros(order: number): Complex[] {
  let found = Array.from({ length: order }, (_, i) => {
    const angle = Math.PI / 2 + (Math.PI * (i + 0.5)) / order;
    return complex(0.9 * order * Math.cos(angle) - 0.1, 0.9 * order * Math.sin(angle));
  });
  for (let round = 0; round < 200; round += 1) {
    let largest = 0;
    found = found.map((zero, i) => {
      const { value, slope } = reverseBessel(order, zero);
      const newton = divide(value, slope);
      const repulsion = found.reduce(
        (sum, other, j) => (i === j ? sum : add(sum, divide(complex(1), subtract(zero, other)))),
        complex(0),
      );
      const step = divide(newton, subtract(complex(1), multiply(newton, repulsion)));
      largest = Math.max(largest, Math.hypot(step.re, step.im) / Math.hypot(zero.re, zero.im));
      return subtract(zero, step);
    });
    if (largest < 1e-15) break;
  }
  return found;
}

/**
 * Poles of the Bessel filter of an order, scaled so that the product of their sizes is 1: the phase reaches half of
 * its final value at 1 radian per second.
 */
export function besselPoles(order: number): Complex[] {
  let logarithm = 0;
  for (let k = order + 1; k <= 2 * order; k += 1) logarithm += Math.log(k / 2);
  const shrink = Math.exp(-logarithm / order);
  const poles = zeros(order).map((zero) => scale(zero, shrink));
  return poles.map((pole) => (Math.abs(pole.im) < 1e-12 ? complex(pole.re) : pole));
}
