import { WEIGHT } from './complex-lanes';
import { stride } from './lanes';

/** The passes of fourier-split.ts for builds without vector instructions: one lane at a time. */

/** Up to four complex numbers of one group, real parts first. */
const PARTS = memory.data(64);

function re(part: i32): f64 {
  return load<f64>(PARTS + ((<usize>part) << 3));
}

function im(part: i32): f64 {
  return load<f64>(PARTS + ((<usize>part) << 3), 32);
}

function put<T>(at: usize, a: f64, b: f64, weight: usize): void {
  let c = 1.0;
  let s = 0.0;
  if (weight != 0) {
    c = <f64>load<T>(weight);
    s = <f64>load<T>(weight, 2 * sizeof<T>());
  }
  store<T>(at, <T>(a * c - b * s));
  store<T>(at + stride<T>(), <T>(b * c + a * s));
}

/** One group of `parts` numbers that lie `part` bytes apart; `weights` is 0 in the last pass. */
function group<T>(parts: i32, at: usize, part: usize, weights: usize): void {
  const one: usize = weights == 0 ? 0 : WEIGHT * sizeof<T>();
  for (let i = 0; i < parts; i++) {
    store<f64>(PARTS + ((<usize>i) << 3), <f64>load<T>(at + <usize>i * part));
    store<f64>(PARTS + ((<usize>i) << 3), <f64>load<T>(at + <usize>i * part + stride<T>()), 32);
  }
  if (parts == 2) {
    put<T>(at, re(0) + re(1), im(0) + im(1), 0);
    put<T>(at + part, re(0) - re(1), im(0) - im(1), weights);
  } else if (parts == 3) {
    const tr = (im(1) - im(2)) * 0.8660254037844386;
    const ti = (re(1) - re(2)) * 0.8660254037844386;
    const rr = re(0) - 0.5 * (re(1) + re(2));
    const ri = im(0) - 0.5 * (im(1) + im(2));
    put<T>(at, re(0) + re(1) + re(2), im(0) + im(1) + im(2), 0);
    put<T>(at + part, rr + tr, ri - ti, weights);
    put<T>(at + 2 * part, rr - tr, ri + ti, weights + one);
  } else {
    const sr = re(0) + re(2);
    const si = im(0) + im(2);
    const tr = re(0) - re(2);
    const ti = im(0) - im(2);
    const ur = re(1) + re(3);
    const ui = im(1) + im(3);
    const vr = re(1) - re(3);
    const vi = im(1) - im(3);
    put<T>(at, sr + ur, si + ui, 0);
    put<T>(at + part, tr + vi, ti - vr, weights);
    put<T>(at + 2 * part, sr - ur, si - ui, weights == 0 ? 0 : weights + one);
    put<T>(at + 3 * part, tr - vi, ti + vr, weights == 0 ? 0 : weights + 2 * one);
  }
}

/** All passes over n complex numbers of one lane. */
export function passesOfLane<T>(n: i32, data: usize, table: usize): void {
  const complex: usize = 2 * stride<T>();
  let size = n;
  while (size > 1) {
    const parts = size == n && n % 3 == 0 ? 3 : size >= 4 ? 4 : 2;
    const reach = size / parts;
    const isLast = reach == 1 && parts != 3;
    for (let from = 0; from < n; from += size) {
      for (let k = 0; k < reach; k++) {
        const weights: usize = isLast ? 0 : table + <usize>(k * (parts - 1)) * WEIGHT * sizeof<T>();
        group<T>(parts, data + <usize>(from + k) * complex, <usize>reach * complex, weights);
      }
    }
    table += <usize>(reach * (parts - 1)) * WEIGHT * sizeof<T>();
    size = reach;
  }
}
