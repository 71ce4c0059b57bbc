import type { Numbers } from '../spec/kernel-spec.js';

interface Place {
  readonly i: number;
  /** Fraction of the way to the next sample, and what is left of it. */
  readonly u: number;
  readonly v: number;
}

function hermite(w: Numbers, { i, u, v }: Place): number {
  const last = w.length - 1;
  const m0 = i === 0 ? w[1]! - w[0]! : (w[i + 1]! - w[i - 1]!) / 2;
  const m1 = i === last - 1 ? w[last]! - w[last - 1]! : (w[i + 2]! - w[i]!) / 2;
  return (
    (3 * v ** 2 - 2 * v ** 3) * w[i]! +
    (3 * u ** 2 - 2 * u ** 3) * w[i + 1]! -
    (v ** 3 - v ** 2) * m0 +
    (u ** 3 - u ** 2) * m1
  );
}

/** Second derivatives of the natural cubic spline through all samples. */
export function splineBends(w: Numbers): Float64Array {
  const n = w.length;
  const z = new Float64Array(n);
  const g = new Float64Array(n);
  for (let i = 1; i < n - 1; i += 1) {
    const p = z[i - 1]! / 2 + 2;
    z[i] = -0.5 / p;
    g[i] = (3 * (w[i + 1]! - 2 * w[i]! + w[i - 1]!) - g[i - 1]! / 2) / p;
  }
  z[n - 1] = 0;
  for (let i = n - 2; i >= 0; i -= 1) z[i] = z[i]! * z[i + 1]! + g[i]!;
  return z;
}

function spline(w: Numbers, { i, u, v }: Place): number {
  const z = splineBends(w);
  return v * w[i]! + u * w[i + 1]! + ((v ** 3 - v) * z[i]! + (u ** 3 - u) * z[i + 1]!) / 6;
}

const modes: Readonly<Record<string, (w: Numbers, place: Place) => number>> = {
  n: (w, { i, u }) => (u < 0.5 ? w[i]! : w[i + 1]!),
  f: (w, { i }) => w[i]!,
  c: (w, { i }) => w[i + 1]!,
  l: (w, { i, u, v }) => v * w[i]! + u * w[i + 1]!,
  h: hermite,
  s: spline,
};

/** The sample at a time, between samples by the chosen way. */
export function fixedTimePickoff(wIn: Numbers, time: Numbers, mode: Numbers, aOut: Numbers): number {
  const t = time[0]!;
  if (t < 0 || t > wIn.length - 1) return 0;
  const i = Math.floor(t);
  if (i === t) {
    aOut[0] = wIn[i]!;
    return 0;
  }
  aOut[0] = modes[String.fromCharCode(mode[0]!)]?.(wIn, { i, u: t - i, v: 1 - (t - i) }) ?? Number.NaN;
  return 0;
}
