import { minimise } from '../fit/minimise.js';

/** A lifetime out of delays, with flat background. Times are in the unit of the delays. */
export interface LifetimeFit {
  readonly tau: number;
  /** Where −ln L is ½ above its minimum, the background at its best. */
  readonly tauInterval: readonly [number, number];
  /** Part of the delays that is background, 0 to 1. */
  readonly background: number;
  readonly backgroundError: number;
  /** Delays inside of the window. */
  readonly used: number;
  readonly valid: boolean;
}

/**
 * Fits an exponential, cut to a window, on a flat background to delays by unbinned likelihood:
 * (1−b)·e^(−t/τ)/(τ(e^(−min/τ) − e^(−max/τ))) + b/(max−min).
 * Throws a RangeError for an empty window, or fewer than ten delays in it.
 */
export function fitLifetime(
  delays: ArrayLike<number>,
  window: { readonly min: number; readonly max: number },
): LifetimeFit {
  const { min, max } = window;
  if (!(max > min) || min < 0) throw new RangeError(`there is no window from ${min} to ${max}`);
  const inside = Float64Array.from(delays).filter((delay) => delay > min && delay < max);
  if (inside.length < 10)
    throw new RangeError(`${inside.length} delays from ${min} to ${max} are too few for a fit`);
  const cost = ([tau, background]: readonly number[]): number => {
    const norm = tau! * (Math.exp(-min / tau!) - Math.exp(-max / tau!));
    let sum = 0;
    for (const delay of inside) {
      sum += Math.log(((1 - background!) * Math.exp(-delay / tau!)) / norm + background! / (max - min));
    }
    return -2 * sum;
  };
  const span = max - min;
  const tau = { name: 'tau', start: span / 6, lower: span / 1000, upper: 20 * span, step: span / 50 };
  const background = { name: 'background', start: 0.3, lower: 0, upper: 1, step: 0.05 };
  const fit = minimise(cost, [tau, background]);
  const best = fit.values['tau']!;
  /** Rise of −2 ln L at another lifetime. */
  const rise = (at: number): number =>
    minimise(cost, [
      { ...tau, start: at, fixed: true },
      { ...background, start: Math.min(0.99, Math.max(0.01, fit.values['background']!)) },
    ]).cost -
    fit.cost -
    1;
  const step = Math.max(fit.errors['tau'] ?? 0, best / 100) || best / 10;
  return {
    tau: best,
    tauInterval: [crossing(rise, best, -step, tau.lower), crossing(rise, best, step, tau.upper)],
    background: fit.values['background']!,
    backgroundError: fit.errors['background']!,
    used: inside.length,
    valid: fit.valid,
  };
}

/** Where a rise from −1 becomes positive: bracketed in steps, then halved; the limit where it never does. */
function crossing(rise: (x: number) => number, start: number, step: number, limit: number): number {
  const bounded = (x: number): number => (step > 0 ? Math.min(limit, x) : Math.max(limit, x));
  let inside = start;
  let outside = bounded(start + step);
  for (let i = 1; rise(outside) < 0; i++) {
    if (outside === limit) return limit;
    inside = outside;
    outside = bounded(outside + step * 2 ** i);
  }
  for (let i = 0; i < 40 && Math.abs(outside - inside) > 1e-6 * start; i++) {
    const middle = (inside + outside) / 2;
    if (rise(middle) < 0) inside = middle;
    else outside = middle;
  }
  return (inside + outside) / 2;
}
