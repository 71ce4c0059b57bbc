import { span, WEIGHT } from './complex-lanes';
import { stride } from './lanes';

/**
 * The passes of fourier.ts for builds without vector instructions: one complex waveform (a pair of lanes) at a time.
 * `sign` 1 goes forward (weights after the sums), -1 backward (conjugate weights before them).
 */

/** What the weights make of a number: real part at 0, imaginary part behind. Results go through these two. */
let re: f64 = 0;
let im: f64 = 0;

function weigh<T>(a: T, b: T, weight: usize, sign: i32): void {
  const c = load<T>(weight);
  const s = sign > 0 ? load<T>(weight + 2 * sizeof<T>()) : load<T>(weight + sizeof<T>());
  re = <f64>(<T>(<T>(a * c) - <T>(b * s)));
  im = <f64>(<T>(<T>(b * c) + <T>(a * s)));
}

function put<T>(at: usize, a: T, b: T): void {
  store<T>(at, a);
  store<T>(at + sizeof<T>(), b);
}

function putWeighed<T>(at: usize, a: T, b: T, weight: usize, sign: i32): void {
  if (sign < 0 || weight == 0) {
    put<T>(at, a, b);
    return;
  }
  weigh<T>(a, b, weight, 1);
  put<T>(at, <T>re, <T>im);
}

function take<T>(at: usize, weight: usize, sign: i32): void {
  const a = load<T>(at);
  const b = load<T>(at + sizeof<T>());
  if (sign > 0 || weight == 0) {
    re = <f64>a;
    im = <f64>b;
  } else {
    weigh<T>(a, b, weight, -1);
  }
}

function four<T>(at: usize, part: usize, weights: usize, sign: i32): void {
  const one: usize = weights == 0 ? 0 : WEIGHT * sizeof<T>();
  const ar = load<T>(at);
  const ai = load<T>(at + sizeof<T>());
  take<T>(at + part, weights, sign);
  const br = <T>re;
  const bi = <T>im;
  take<T>(at + 2 * part, weights + one, sign);
  const cr = <T>re;
  const ci = <T>im;
  take<T>(at + 3 * part, weights + 2 * one, sign);
  const dr = <T>re;
  const di = <T>im;
  const r0 = <T>(ar + cr);
  const i0 = <T>(ai + ci);
  const r1 = <T>(ar - cr);
  const i1 = <T>(ai - ci);
  const r2 = <T>(br + dr);
  const i2 = <T>(bi + di);
  const r3 = sign > 0 ? <T>(di - bi) : <T>(bi - di);
  const i3 = sign > 0 ? <T>(br - dr) : <T>(dr - br);
  put<T>(at, <T>(r0 + r2), <T>(i0 + i2));
  putWeighed<T>(at + part, <T>(r1 - r3), <T>(i1 - i3), weights, sign);
  putWeighed<T>(at + 2 * part, <T>(r0 - r2), <T>(i0 - i2), weights + one, sign);
  putWeighed<T>(at + 3 * part, <T>(r1 + r3), <T>(i1 + i3), weights + 2 * one, sign);
}

function three<T>(at: usize, part: usize, weights: usize, sign: i32): void {
  const one = WEIGHT * sizeof<T>();
  const ar = load<T>(at);
  const ai = load<T>(at + sizeof<T>());
  take<T>(at + part, weights, sign);
  const br = <T>re;
  const bi = <T>im;
  take<T>(at + 2 * part, weights + one, sign);
  const cr = <T>re;
  const ci = <T>im;
  const root = <T>(<T>0.8660254037844386 * <T>sign);
  const sumR = <T>(br + cr);
  const sumI = <T>(bi + ci);
  const turnR = <T>(<T>(ci - bi) * root);
  const turnI = <T>(<T>(br - cr) * root);
  const restR = <T>(ar - sumR * <T>0.5);
  const restI = <T>(ai - sumI * <T>0.5);
  put<T>(at, <T>(ar + sumR), <T>(ai + sumI));
  putWeighed<T>(at + part, <T>(restR - turnR), <T>(restI - turnI), weights, sign);
  putWeighed<T>(at + 2 * part, <T>(restR + turnR), <T>(restI + turnI), weights + one, sign);
}

function passThree<T>(n: i32, data: usize, weights: usize, sign: i32): void {
  for (let k = 0; k < n / 3; k++) {
    three<T>(data + span<T>(k), span<T>(n / 3), weights + <usize>(2 * k) * WEIGHT * sizeof<T>(), sign);
  }
}

function passFour<T>(n: i32, size: i32, data: usize, weights: usize, sign: i32): void {
  for (let from = 0; from < n; from += size) {
    for (let k = 0; k < size / 4; k++) {
      const own: usize = size == 4 ? 0 : weights + <usize>(3 * k) * WEIGHT * sizeof<T>();
      four<T>(data + span<T>(from + k), span<T>(size / 4), own, sign);
    }
  }
}

function passTwo<T>(n: i32, data: usize): void {
  const size = sizeof<T>();
  for (let i = 0; i < n; i += 2) {
    const at = data + span<T>(i);
    const ar = load<T>(at);
    const ai = load<T>(at + size);
    const br = load<T>(at + stride<T>());
    const bi = load<T>(at + stride<T>() + size);
    put<T>(at, <T>(ar + br), <T>(ai + bi));
    put<T>(at + stride<T>(), <T>(ar - br), <T>(ai - bi));
  }
}

/** All passes forward over one pair of lanes. */
export function forwardPair<T>(n: i32, data: usize, weights: usize): void {
  let size = n;
  if (n % 3 == 0) {
    passThree<T>(n, data, weights, 1);
    size = n / 3;
    weights += <usize>(2 * size) * WEIGHT * sizeof<T>();
  }
  for (; size > 2; size /= 4) {
    passFour<T>(n, size, data, weights, 1);
    weights += <usize>(size / 4) * 3 * WEIGHT * sizeof<T>();
  }
  if (size == 2) passTwo<T>(n, data);
}

/** All passes backward over one pair of lanes; `end` points behind the weights. */
export function backwardPair<T>(n: i32, data: usize, end: usize): void {
  const outer = n % 3 == 0 ? n / 3 : n;
  let size = 1;
  while (size < outer) size *= 4;
  if (size > outer) {
    passTwo<T>(n, data);
    size = 8;
  } else {
    passFour<T>(n, 4, data, 0, -1);
    size = 16;
  }
  for (; size <= outer; size *= 4) {
    end -= <usize>(size / 4) * 3 * WEIGHT * sizeof<T>();
    passFour<T>(n, size, data, end, -1);
  }
  if (n % 3 == 0) passThree<T>(n, data, end - <usize>(2 * outer) * WEIGHT * sizeof<T>(), -1);
}

/** Multiplies a pair's frequencies by a spectrum. */
export function multiplyPair<T>(n: i32, data: usize, spectrum: usize): void {
  for (let i = 0; i < n; i++) {
    const at = data + span<T>(i);
    weigh<T>(load<T>(at), load<T>(at + sizeof<T>()), spectrum + <usize>i * WEIGHT * sizeof<T>(), 1);
    put<T>(at, <T>re, <T>im);
  }
}
