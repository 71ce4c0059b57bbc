import type { Numbers } from '../spec/kernel-spec.js';

/** RC-(CR)^2 shaping in double; the first three samples are copied. */
export function rcCr2(wIn: Numbers, tau: Numbers, wOut: Numbers): number {
  const a = Math.exp(-1 / tau[0]!);
  let [y3, y2, y1] = [wIn[0]!, wIn[1]!, wIn[2]!];
  wOut[0] = y3;
  wOut[1] = y2;
  wOut[2] = y1;
  for (let i = 3; i < wIn.length; i += 1) {
    const y = 3 * a * y1 - 3 * a * a * y2 + a ** 3 * y3 + wIn[i]! - 2 * wIn[i - 1]! + wIn[i - 2]!;
    [y3, y2, y1] = [y2, y1, y];
    wOut[i] = y;
  }
  return Number.isNaN(y1) ? 1 : 0;
}
