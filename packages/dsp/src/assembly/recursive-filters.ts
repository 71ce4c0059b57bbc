import { LANES } from './lanes';
import { COEFFICIENTS, filterRecursively, QUAD } from './recursion';

function setBefore(memory: usize, sample: f64, result: f64): void {
  store<f64>(memory, sample);
  store<f64>(memory, result, QUAD);
}

function setCoefficient(memory: usize, place: usize, value: f64): void {
  store<f64>(memory + COEFFICIENTS + place * QUAD, value);
}

/** Coefficients of the arguments: p numbers at `a`, then q at `b`. */
function copyCoefficients(p: i32, q: i32, a: usize, b: usize, memory: usize): void {
  const to = memory + COEFFICIENTS;
  for (let i: usize = 0; i < <usize>p * QUAD; i += 8) store<f64>(to + i, load<f64>(a + i));
  for (let i: usize = 0; i < <usize>q * QUAD; i += 8) store<f64>(to + <usize>p * QUAD + i, load<f64>(b + i));
}

function decayFactor(tau: f64): f64 {
  return tau == 0 ? 0 : Math.exp(-1 / tau);
}

export function recursive_filter<F>(
  n: i32,
  p: i32,
  q: i32,
  x: usize,
  a: usize,
  b: usize,
  initIn: usize,
  initOut: usize,
  y: usize,
  scratch: usize,
): i32 {
  copyCoefficients(p, q, a, b, scratch);
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * sizeof<F>();
    setBefore(scratch + l * 8, <f64>load<F>(initIn + at), <f64>load<F>(initOut + at));
  }
  return filterRecursively<F>(n, p, q, x, y, scratch);
}

export function settled_recursive_filter<F>(
  n: i32,
  p: i32,
  q: i32,
  x: usize,
  a: usize,
  b: usize,
  gain: usize,
  y: usize,
  scratch: usize,
): i32 {
  copyCoefficients(p, q, a, b, scratch);
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const first = <f64>load<F>(x + l * sizeof<F>());
    setBefore(scratch + l * 8, first, load<f64>(gain + l * 8) * first);
  }
  return filterRecursively<F>(n, p, q, x, y, scratch);
}

export function convolve_exp<F>(n: i32, x: usize, tau: usize, y: usize, scratch: usize): i32 {
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * sizeof<F>();
    const memory = scratch + l * 8;
    const first = <f64>load<F>(x + at);
    setBefore(memory, first, first);
    setCoefficient(memory, 0, 1);
    setCoefficient(memory, 1, 1);
    setCoefficient(memory, 2, -decayFactor(<f64>load<F>(tau + at)));
  }
  return filterRecursively<F>(n, 1, 2, x, y, scratch);
}

export function convolve_damped_oscillator<F>(
  n: i32,
  x: usize,
  tau: usize,
  omega: usize,
  phase: usize,
  y: usize,
  scratch: usize,
): i32 {
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * 8;
    const memory = scratch + at;
    const first = <f64>load<F>(x + l * sizeof<F>());
    const r = decayFactor(load<f64>(tau + at));
    const w = load<f64>(omega + at);
    const phi = load<f64>(phase + at);
    setBefore(memory, first, first);
    setCoefficient(memory, 0, Math.cos(phi));
    setCoefficient(memory, 1, -r * Math.cos(w - phi));
    setCoefficient(memory, 2, 1);
    setCoefficient(memory, 3, -2 * r * Math.cos(w));
    setCoefficient(memory, 4, r * r);
  }
  return filterRecursively<F>(n, 2, 3, x, y, scratch);
}

export function inject_damped_oscillation<F>(
  n: i32,
  x: usize,
  tau: usize,
  omega: usize,
  phase: usize,
  fraction: usize,
  y: usize,
  scratch: usize,
): i32 {
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * 8;
    const memory = scratch + at;
    const r = decayFactor(load<f64>(tau + at));
    const w = load<f64>(omega + at);
    const phi = load<f64>(phase + at);
    const f = load<f64>(fraction + at);
    const shifted = Math.cos(w - phi);
    setBefore(memory, <f64>load<F>(x + l * sizeof<F>()), 0);
    setCoefficient(memory, 0, 1 + f * Math.cos(phi));
    setCoefficient(memory, 1, -(2 * r * Math.cos(w) + f * Math.cos(phi) + f * r * shifted));
    setCoefficient(memory, 2, r * (r + f * shifted));
    setCoefficient(memory, 3, 1);
    setCoefficient(memory, 4, -2 * r * Math.cos(w));
    setCoefficient(memory, 5, r * r);
  }
  return filterRecursively<F>(n, 3, 3, x, y, scratch);
}
