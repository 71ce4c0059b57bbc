import type { Numbers } from '../spec/kernel-spec.js';

/**
 * Constant-fraction discriminator: c_i = f x_i - x_{i-d}. From the first sample above the threshold on, the first place where
 * c falls from above 0 to 0 or below, on a line between the samples.
 */
export function constantFraction(
  wIn: Numbers,
  fraction: Numbers,
  delay: Numbers,
  threshold: Numbers,
  ...[tOut]: Numbers[]
): number {
  const n = wIn.length;
  const back = delay[0]!;
  const shaped = (i: number) => fraction[0]! * wIn[i]! - wIn[i - back]!;
  let start = 0;
  while (start < n && !(wIn[start]! > threshold[0]!)) start += 1;
  for (let i = Math.max(start, back); i + 1 < n; i += 1) {
    const here = shaped(i);
    const next = shaped(i + 1);
    if (here > 0 && next <= 0) {
      tOut![0] = i + here / (here - next);
      return 0;
    }
  }
  return 0;
}
