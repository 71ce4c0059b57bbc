import type { Numbers } from '../spec/kernel-spec.js';

function at(wIn: Numbers, i: number): number {
  return i < 0 ? 0 : wIn[i]!;
}

/** The running sum behind all trapezoids; terms before the start of the waveform are absent. */
function trapezoid(
  wIn: Numbers,
  lengths: readonly [rise: number, flat: number, fall: number],
  normalise: boolean,
  wOut: Numbers,
): number {
  const [rise, flat, fall] = lengths;
  const up = normalise ? rise : 1;
  const down = normalise ? fall : 1;
  for (let i = 0; i < wIn.length; i += 1) {
    const gain = (wIn[i]! - at(wIn, i - rise)) / up;
    const loss = (at(wIn, i - rise - flat) - at(wIn, i - rise - flat - fall)) / down;
    wOut[i] = i === 0 ? gain - loss : wOut[i - 1]! + gain - loss;
  }
  return 0;
}

/** y_i = y_{i-1} + x_i - x_{i-r} - x_{i-r-f} + x_{i-2r-f}. */
export function trapFilter(wIn: Numbers, rise: Numbers, flat: Numbers, wOut: Numbers): number {
  return trapezoid(wIn, [rise[0]!, flat[0]!, rise[0]!], false, wOut);
}

/** As trapFilter, every step divided by the rise. */
export function trapNorm(wIn: Numbers, rise: Numbers, flat: Numbers, wOut: Numbers): number {
  return trapezoid(wIn, [rise[0]!, flat[0]!, rise[0]!], true, wOut);
}

/** y_i = y_{i-1} + (x_i - x_{i-r}) / r - (x_{i-r-f} - x_{i-r-f-d}) / d with fall d. */
export function asymTrapFilter(
  wIn: Numbers,
  rise: Numbers,
  flat: Numbers,
  fall: Numbers,
  wOut: Numbers,
): number {
  return trapezoid(wIn, [rise[0]!, flat[0]!, fall[0]!], true, wOut);
}
