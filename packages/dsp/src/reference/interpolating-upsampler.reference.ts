import type { Numbers } from '../spec/kernel-spec.js';
import { splineBends } from './fixed-time-pickoff.reference.js';

/** Samples that own the outputs up to a limit each. */
function owned(wIn: Numbers, wOut: Numbers, limit: (i: number) => number): void {
  let j = 0;
  for (let i = 0; i < wIn.length; i += 1) {
    const end = i === wIn.length - 1 ? wOut.length : Math.min(limit(i), wOut.length);
    for (; j < end; j += 1) wOut[j] = wIn[i]!;
  }
}

function between(wIn: Numbers, wOut: Numbers, value: (i: number, u: number) => number): void {
  const ratio = wOut.length / wIn.length;
  for (let j = 0; j < wOut.length; j += 1) {
    const i = Math.min(Math.floor(j / ratio), wIn.length - 2);
    wOut[j] = value(i, j / ratio - i);
  }
}

function hermite(w: Numbers, i: number, u: number): number {
  const last = w.length - 1;
  const v = 1 - u;
  const m0 = i === 0 ? w[1]! - w[0]! : (w[i + 1]! - w[i - 1]!) / 2;
  const m1 = i === last - 1 ? w[last]! - w[last - 1]! : (w[i + 2]! - w[i]!) / 2;
  return (
    (3 * v ** 2 - 2 * v ** 3) * w[i]! +
    (3 * u ** 2 - 2 * u ** 3) * w[i + 1]! -
    (v ** 3 - v ** 2) * m0 +
    (u ** 3 - u ** 2) * m1
  );
}

const modes: Readonly<Record<string, (wIn: Numbers, wOut: Numbers) => void>> = {
  i(wIn, wOut) {
    const ratio = wOut.length / wIn.length;
    wOut.fill(0);
    for (let i = 0; i < wIn.length; i += 1) wOut[i * ratio] = wIn[i]!;
  },
  n(wIn, wOut) {
    owned(wIn, wOut, (i) => Math.ceil((wOut.length / wIn.length) * (i + 0.5)));
  },
  f(wIn, wOut) {
    owned(wIn, wOut, (i) => Math.ceil((wOut.length / wIn.length) * (i + 1)));
  },
  c(wIn, wOut) {
    owned(wIn, wOut, (i) => Math.floor((wOut.length / wIn.length) * i) + 1);
  },
  l(wIn, wOut) {
    const last = wIn.length - 1;
    between(wIn, wOut, (i, u) => (u >= 1 ? wIn[last]! : (1 - u) * wIn[i]! + u * wIn[i + 1]!));
  },
  h(wIn, wOut) {
    between(wIn, wOut, (i, u) => hermite(wIn, i, u));
  },
  s(wIn, wOut) {
    const z = splineBends(wIn);
    between(wIn, wOut, (i, u) => {
      const v = 1 - u;
      return v * wIn[i]! + u * wIn[i + 1]! + ((v ** 3 - v) * z[i]! + (u ** 3 - u) * z[i + 1]!) / 6;
    });
  },
};

/** The waveform at m places instead of n, between samples by the chosen way. */
export function interpolatingUpsampler(wIn: Numbers, mode: Numbers, wOut: Numbers): number {
  modes[String.fromCharCode(mode[0]!)]?.(wIn, wOut);
  return 0;
}
