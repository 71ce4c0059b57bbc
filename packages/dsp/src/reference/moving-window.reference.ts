import type { Numbers } from '../spec/kernel-spec.js';

/** Running average that looks back; the first samples are padded with the first one. */
export function movingWindowLeft(wIn: Numbers, length: Numbers, wOut: Numbers): number {
  const span = length[0]!;
  const whole = Math.floor(span);
  wOut[0] = wIn[0]!;
  for (let i = 1; i < wIn.length; i += 1) {
    wOut[i] = wOut[i - 1]! + (wIn[i]! - (i < whole ? wIn[0]! : wIn[i - whole]!)) / span;
  }
  return 0;
}

/** Running average that looks ahead: movingWindowLeft from the other end. */
export function movingWindowRight(wIn: Numbers, length: Numbers, wOut: Numbers): number {
  const span = length[0]!;
  const whole = Math.floor(span);
  const last = wIn.length - 1;
  wOut[last] = wIn[last]!;
  for (let i = last - 1; i >= 0; i -= 1) {
    wOut[i] = wOut[i + 1]! + (wIn[i]! - (last - i < whole ? wIn[last]! : wIn[i + whole]!)) / span;
  }
  return 0;
}

/** Several running averages, one after the other: left and right in turn (0), all left (1), all right (2). */
export function movingWindowMulti(
  wIn: Numbers,
  length: Numbers,
  count: Numbers,
  type: Numbers,
  wOut: Numbers,
): number {
  let source = wIn;
  for (let pass = 0; pass < count[0]!; pass += 1) {
    const isLeft = type[0] === 1 || (type[0] === 0 && pass % 2 === 0);
    (isLeft ? movingWindowLeft : movingWindowRight)(source, length, wOut);
    source = wOut.slice();
  }
  return 0;
}
