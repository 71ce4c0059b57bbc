import type { Numbers } from '../spec/kernel-spec.js';
import { doublePoleZero } from './double-pole-zero.reference.js';
import { minimise } from './simplex.js';

/** N sum(i y) - sum(i) sum(y) over a section: zero when the section is level. */
function tilt(y: (i: number) => number, begin: number, end: number): number {
  let sumI = 0;
  let sumY = 0;
  let sumIY = 0;
  for (let i = begin; i < end; i += 1) {
    const value = y(i);
    sumI += i;
    sumY += value;
    sumIY += i * value;
  }
  return (end - begin) * sumIY - sumI * sumY;
}

/**
 * The decay time whose pole-zero correction makes a section level. The corrected waveform is x_i + (1 - c) P_i with
 * c = exp(-1 / tau) and P_i the sum of the samples before i, so its tilt is linear in c and the best c is exact: no
 * start value and no iteration are needed. NaN when no decay time does it.
 */
export function optimize1pz(
  wIn: Numbers,
  baseline: Numbers,
  begin: Numbers,
  end: Numbers,
  ...[, tau]: Numbers[]
): number {
  const before = new Float64Array(wIn.length);
  for (let i = 1; i < wIn.length; i += 1) before[i] = before[i - 1]! + wIn[i - 1]! - baseline[0]!;
  const c = 1 + tilt((i) => wIn[i]!, begin[0]!, end[0]!) / tilt((i) => before[i]!, begin[0]!, end[0]!);
  const best = -1 / Math.log(c);
  tau![0] = c > 0 && Number.isFinite(best) ? best : Number.NaN;
  return 0;
}

/**
 * Decay times and share of a double pole-zero correction that make a section level, between 0 and the upper bounds.
 * One slope cannot settle three parameters: the simplex search begins at the given ones and stays close to them.
 */
export function optimize2pz(wIn: Numbers, baseline: Numbers, ...args: Numbers[]): number {
  const [begin, end, tauBound, fractionBound, start1, start2, start3, ...out] = args;
  const x = Float64Array.from(wIn, (value) => value - baseline[0]!);
  const y = new Float64Array(x.length);
  const cost = ([tau1, tau2, fraction]: readonly number[]) => {
    doublePoleZero(x, Float64Array.of(tau1!), Float64Array.of(tau2!), Float64Array.of(fraction!), y);
    const value = Math.abs(tilt((i) => y[i]!, begin![0]!, end![0]!));
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  const best = minimise(
    cost,
    [start1![0]!, start2![0]!, start3![0]!],
    [tauBound![0]!, tauBound![0]!, fractionBound![0]!],
  );
  best.forEach((value, k) => {
    out[k]![0] = value;
  });
  return 0;
}
