import type { Cost } from './derivatives.js';

/**
 * Minimum by a simplex that moves and shrinks (J. A. Nelder, R. Mead, Computer J. 7 (1965) 308): slow and robust, for
 * costs that are not smooth or start far away. Returns the best point when the values of the simplex differ by less than
 * `tolerance`, or after `maxCalls`.
 */
export function simplexMinimum(
  f: Cost,
  start: readonly number[],
  steps: readonly number[],
  tolerance: number,
  maxCalls: number,
): { x: number[]; value: number; calls: number } {
  let calls = 0;
  const evaluate = (x: number[]): { x: number[]; value: number } => {
    calls++;
    const value = f(x);
    return { x, value: Number.isNaN(value) ? Infinity : value };
  };
  const corners = [evaluate([...start])];
  steps.forEach((step, i) => corners.push(evaluate(start.map((x, j) => (i === j ? x + step : x)))));
  const n = start.length;
  while (calls < maxCalls) {
    corners.sort((a, b) => a.value - b.value);
    const [best, worst] = [corners[0]!, corners[n]!];
    if (Math.abs(worst.value - best.value) <= tolerance) break;
    const center = start.map((_, i) => corners.slice(0, n).reduce((sum, { x }) => sum + x[i]!, 0) / n);
    const toward = (factor: number): { x: number[]; value: number } =>
      evaluate(center.map((c, i) => c + factor * (worst.x[i]! - c)));
    const reflected = toward(-1);
    if (reflected.value < best.value) {
      const further = toward(-2);
      corners[n] = further.value < reflected.value ? further : reflected;
    } else if (reflected.value < corners[n - 1]!.value) corners[n] = reflected;
    else {
      const inner = toward(reflected.value < worst.value ? -0.5 : 0.5);
      if (inner.value < Math.min(worst.value, reflected.value)) corners[n] = inner;
      else {
        for (let i = 1; i <= n; i++) {
          corners[i] = evaluate(corners[i]!.x.map((x, j) => (x + best.x[j]!) / 2));
        }
      }
    }
  }
  corners.sort((a, b) => a.value - b.value);
  return { ...corners[0]!, calls };
}
