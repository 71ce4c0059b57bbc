import { leastSquares } from '../fit/costs.js';
import { minimise } from '../fit/minimise.js';
import { fitPolynomial } from '../fit/polynomial.js';
import type { Superpulse } from './superpulse.js';

/** A[(1 − f)·e^(−t/τ₁) + f·e^(−t/τ₂)] with τ₁ > τ₂, fitted to the tail of a mean pulse. Times in the unit of the period. */
export interface PulseDecays {
  readonly tau1: number;
  readonly tau1Error: number;
  readonly tau2: number;
  readonly tau2Error: number;
  /** Share of the shorter one, where the fit begins. */
  readonly fraction: number;
  readonly fractionError: number;
  /** That share at the half height of the pulse, where corrections count from. */
  readonly fractionAtRise: number;
  readonly amplitude: number;
  /** Sample at which t is 0. */
  readonly start: number;
  readonly chiSquare: number;
  readonly degrees: number;
  /** One decay constant alone. */
  readonly single: PulseDecay;
}

/** A·e^(−t/τ), fitted to the tail of a mean pulse. Times in the unit of the period. */
export interface PulseDecay {
  readonly tau: number;
  readonly tauError: number;
  readonly amplitude: number;
  /** Sample at which t is 0. */
  readonly start: number;
  readonly chiSquare: number;
  readonly degrees: number;
}

/** Samples behind the maximum at which the fit begins. */
const behind = 10;
const fewest = 50;

/**
 * One decay constant of a preamplifier from the tail of a mean pulse, from 10 samples behind its maximum on.
 * @param period length of a sample
 * Throws a RangeError for a tail that is too short or does not fall.
 */
export function decayOf(pulse: Superpulse, period = 1): PulseDecay {
  const { start, ...tail } = tailOf(pulse);
  const { slow } = startOf(tail.y);
  const fit = minimise(
    leastSquares(tail, (t, [size, tau]) => size! * Math.exp(-t / tau!)),
    [
      { name: 'size', start: slow.size, lower: 0, step: 0.01 * slow.size },
      { name: 'tau', start: slow.tau, lower: 1, step: 0.05 * slow.tau },
    ],
  );
  return {
    tau: period * fit.values['tau']!,
    tauError: period * fit.errors['tau']!,
    amplitude: fit.values['size']!,
    start,
    chiSquare: fit.cost,
    degrees: tail.x.length - fit.free.length,
  };
}

/**
 * Two decay constants of a preamplifier from the tail of a mean pulse: straight lines through the logarithm of its last
 * fifth, and of its first tenth less that, are the start of a fit by least squares that begins 10 samples behind the
 * maximum. (Specification: hit and event tiers, chapter 6.2.)
 * @param period length of a sample
 * Throws a RangeError for a tail that is too short or does not fall, and where the fit finds no minimum, as with one
 * constant alone.
 */
export function decaysOf(pulse: Superpulse, period = 1): PulseDecays {
  const { start, ...tail } = tailOf(pulse);
  const { slow, fast } = startOf(tail.y);
  const cost = leastSquares(
    tail,
    (t, [size, tau1, tau2, fraction]) =>
      size! * ((1 - fraction!) * Math.exp(-t / tau1!) + fraction! * Math.exp(-t / tau2!)),
  );
  const fit = minimise(cost, [
    { name: 'size', start: slow.size / (1 - fast.share), lower: 0, step: 0.01 * slow.size },
    { name: 'tau1', start: slow.tau, lower: 1, step: 0.05 * slow.tau },
    { name: 'tau2', start: fast.tau, lower: 0.1, step: 0.1 * fast.tau },
    { name: 'fraction', start: fast.share, lower: -0.9, upper: 0.9, step: 0.01 },
  ]);
  if (!fit.valid) throw new RangeError(`two decay constants could not be fitted: ${fit.reason}`);
  const [tau1, tau2, fraction] = ['tau1', 'tau2', 'fraction'].map((name) => fit.values[name]!) as [
    number,
    number,
    number,
  ];
  const [tau1Error, tau2Error, fractionError] = ['tau1', 'tau2', 'fraction'].map(
    (name) => fit.errors[name]!,
  ) as [number, number, number];
  const inOrder = tau1 >= tau2;
  const share = inOrder ? fraction : 1 - fraction;
  const [long, short] = inOrder ? [tau1, tau2] : [tau2, tau1];
  return {
    tau1: period * (inOrder ? tau1 : tau2),
    tau1Error: period * (inOrder ? tau1Error : tau2Error),
    tau2: period * (inOrder ? tau2 : tau1),
    tau2Error: period * (inOrder ? tau2Error : tau1Error),
    fraction: share,
    fractionError,
    fractionAtRise: earlierShare(share, long, short, start - halfHeight(pulse.values, pulse.maximum)),
    amplitude: fit.values['size']!,
    start,
    chiSquare: fit.cost,
    degrees: tail.x.length - fit.free.length,
    single: decayOf(pulse, period),
  };
}

/** Where the tail of a mean pulse begins, and its samples with errors. */
function tailOf({ values, errors, maximum }: Superpulse) {
  const start = maximum + behind;
  const length = values.length - start;
  if (length < fewest) throw new RangeError(`the tail has ${length} samples: at least ${fewest} are needed`);
  const usual = [...errors.subarray(start)].sort((a, b) => a - b)[length >> 1]!;
  const floor = usual > 0 ? usual : 1e-6;
  return {
    start,
    x: Array.from({ length }, (_, i) => i),
    y: [...values.subarray(start)],
    // The error of a single sample is known badly when few pulses are in it.
    errors: Array.from(errors.subarray(start), (error) => Math.max(error, floor)),
  };
}

/** The tail at a time in samples behind `start`. */
export function decayCurve(t: number, { amplitude, fraction, tau1, tau2 }: PulseDecays, period = 1): number {
  const at = t * period;
  return amplitude * ((1 - fraction) * Math.exp(-at / tau1) + fraction * Math.exp(-at / tau2));
}

/** The share of the shorter constant so many samples earlier: it was larger. */
function earlierShare(share: number, long: number, short: number, samples: number): number {
  const grown = share * Math.exp(samples / short - samples / long);
  return grown / (grown + 1 - share);
}

function halfHeight(values: Float64Array, maximum: number): number {
  let i = maximum;
  while (i > 0 && values[i]! > values[maximum]! / 2) i--;
  return i + (values[maximum]! / 2 - values[i]!) / (values[i + 1]! - values[i]!);
}

/** Two straight lines through logarithms. */
function startOf(tail: readonly number[]) {
  const slow = straight(tail, Math.floor(0.8 * tail.length), tail.length);
  if (slow === undefined) throw new RangeError('the tail of the mean pulse does not fall');
  const left = tail.map((value, t) => value - slow.size * Math.exp(-t / slow.tau));
  const end = Math.max(10, Math.floor(0.1 * tail.length));
  const mean = left.slice(0, end).reduce((sum, value) => sum + value, 0) / end;
  // The quick part may be missing charge as well as more of it.
  const quick = straight(mean < 0 ? left.map((value) => -value) : left, 0, end);
  const tau = Math.min(quick?.tau ?? slow.tau / 20, slow.tau / 3);
  const share = ((mean < 0 ? -1 : 1) * (quick?.size ?? Math.abs(mean))) / slow.size;
  const fraction = share / (1 + share);
  return { slow, fast: { tau, share: Math.min(0.5, Math.max(-0.5, fraction)) } };
}

function straight(
  values: readonly number[],
  from: number,
  to: number,
): { readonly size: number; readonly tau: number } | undefined {
  const x: number[] = [];
  const y: number[] = [];
  for (let t = from; t < to; t++) {
    if (!(values[t]! > 0)) continue;
    x.push(t);
    y.push(Math.log(values[t]!));
  }
  if (x.length < 5) return undefined;
  // Errors of the logarithm are relative ones.
  const { coefficients } = fitPolynomial({ x, y, errors: y.map((log) => Math.exp(-log)) }, 1);
  const [log, slope] = [coefficients[0]!, coefficients[1]!];
  return slope < 0 ? { size: Math.exp(log), tau: -1 / slope } : undefined;
}
