import type { Numbers } from '../spec/kernel-spec.js';

/** Adds a pulse to a waveform, sample by sample. */
function add(wIn: Numbers, wOut: Numbers, pulse: (t: number) => number): number {
  for (let t = 0; t < wIn.length; t += 1) wOut[t] = wIn[t]! + pulse(t);
  return 0;
}

/** Steepness with which a logistic curve goes from 1 to 99 percent within a rise time. */
function steepness(rise: number): number {
  return (4 * Math.log(99)) / rise;
}

/** Adds a logistic rise with an exponential tail. */
export function injectSigPulse(
  wIn: Numbers,
  t0: Numbers,
  rise: Numbers,
  amplitude: Numbers,
  decay: Numbers,
  wOut: Numbers,
): number {
  const [start, tr, a, tau] = [t0[0]!, rise[0]!, amplitude[0]!, decay[0]!];
  const g = steepness(tr);
  return add(
    wIn,
    wOut,
    (t) => (a * Math.exp(-(t - start) / tau)) / (1 + Math.exp(-g * (t - start - tr / 2))),
  );
}

/** Adds a generalised logistic rise (Richards) with an exponential tail. */
export function injectGeneralLogistic(
  wIn: Numbers,
  amplitude: Numbers,
  t0: Numbers,
  rise: Numbers,
  ...[qIn, vIn, decay, wOut]: Numbers[]
): number {
  if (qIn === undefined || vIn === undefined || decay === undefined || wOut === undefined) return 0;
  const [a, start, tr, q, v, tau] = [amplitude[0]!, t0[0]!, rise[0]!, qIn[0]!, vIn[0]!, decay[0]!];
  const g = steepness(tr);
  return add(
    wIn,
    wOut,
    (t) => (a * Math.exp(-(t - start) / tau)) / (1 + q * Math.exp(-g * (t - start - tr / 2))) ** (1 / v),
  );
}

/** Adds an exponential rise up to t0 and an exponential tail from t0 + rise on; between them nothing. */
export function injectExpPulse(
  wIn: Numbers,
  t0: Numbers,
  rise: Numbers,
  amplitude: Numbers,
  decay: Numbers,
  wOut: Numbers,
): number {
  const [start, tr, a, tau] = [t0[0]!, rise[0]!, amplitude[0]!, decay[0]!];
  return add(wIn, wOut, (t) => {
    if (t > start + tr) return a * Math.exp(-(t - start) / tau);
    return t <= start ? a * Math.exp((t - start - tr) / tr) * Math.exp(-(t - start) / tau) : 0;
  });
}

/** Adds a Gumbel distribution from t0 to t0 + 10 beta. */
export function injectGumbel(
  wIn: Numbers,
  amplitude: Numbers,
  t0: Numbers,
  betaIn: Numbers,
  wOut: Numbers,
): number {
  const [a, start, beta] = [amplitude[0]!, t0[0]!, betaIn[0]!];
  const from = Math.trunc(Math.max(0, start));
  const to = Math.trunc(Math.min(wIn.length, start + 10 * beta));
  return add(wIn, wOut, (t) => {
    if (t < from || t >= to) return 0;
    const z = (t - start - 2 * beta) / beta;
    return (a / beta) * Math.exp(-(z + Math.exp(-z)));
  });
}
