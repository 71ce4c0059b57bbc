/** Numerator and denominator coefficients of a rational approximation, highest power first but for the last numerator. */
interface Rational {
  readonly p: readonly number[];
  readonly q: readonly number[];
}

// W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969) 631.
const small: Rational = {
  p: [0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694],
  q: [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171],
};
const middle: Rational = {
  p: [
    2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001,
    881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
  ],
  q: [
    1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
    4362.619090143247, 3439.3676741437216, 1230.3393548037495,
  ],
};
const large: Rational = {
  p: [
    0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275,
    0.0006587491615298378,
  ],
  q: [
    1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918,
  ],
};

function rational({ p, q }: Rational, x: number): number {
  let above = 0;
  let below = 0;
  for (const c of p) above = above * x + c;
  for (const c of q) below = below * x + c;
  return above / below;
}

/** e^(−x²) without the loss of digits that squaring a large x brings: x is split into a short and a small part. */
function expOfMinusSquare(x: number): number {
  const short = Math.trunc(x * 16) / 16;
  return Math.exp(-short * short) * Math.exp(-(x - short) * (x + short));
}

/** The error function 2/√π ∫₀ˣ e^(−t²) dt, relative error below 1e-15. NaN gives NaN. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.46875) return x * rational(small, x * x);
  return x > 0 ? 1 - erfcOfPositive(size) : erfcOfPositive(size) - 1;
}

/** The complementary error function 1 − erf(x), with full relative precision where it is tiny (0 beyond 27). */
export function erfc(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.46875) return 1 - erf(x);
  const tail = erfcOfPositive(size);
  return x > 0 ? tail : 2 - tail;
}

function erfcOfPositive(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x <= 4) return expOfMinusSquare(x) * rational(middle, x);
  if (x > 27) return 0;
  const inverse = 1 / (x * x);
  return (expOfMinusSquare(x) / x) * (1 / Math.sqrt(Math.PI) - inverse * rational(large, inverse));
}
