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

function given<T>(
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
    const at = l * sizeof<T>();
    setBefore(scratch + l * 8, <f64>load<T>(initIn + at), <f64>load<T>(initOut + at));
  }
  return filterRecursively<T>(n, p, q, x, y, scratch);
}

function settled<T>(
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
    const first = <f64>load<T>(x + l * sizeof<T>());
    setBefore(scratch + l * 8, first, load<f64>(gain + l * 8) * first);
  }
  return filterRecursively<T>(n, p, q, x, y, scratch);
}

function exponential<T>(n: i32, x: usize, tau: usize, y: usize, scratch: usize): i32 {
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * sizeof<T>();
    const memory = scratch + l * 8;
    const first = <f64>load<T>(x + at);
    setBefore(memory, first, first);
    setCoefficient(memory, 0, 1);
    setCoefficient(memory, 1, 1);
    setCoefficient(memory, 2, -decayFactor(<f64>load<T>(tau + at)));
  }
  return filterRecursively<T>(n, 1, 2, x, y, scratch);
}

function oscillator<T>(
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
    const first = <f64>load<T>(x + l * sizeof<T>());
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
  return filterRecursively<T>(n, 2, 3, x, y, scratch);
}

function injected<T>(
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
    setBefore(memory, <f64>load<T>(x + l * sizeof<T>()), 0);
    setCoefficient(memory, 0, 1 + f * Math.cos(phi));
    setCoefficient(memory, 1, -(2 * r * Math.cos(w) + f * Math.cos(phi) + f * r * shifted));
    setCoefficient(memory, 2, r * (r + f * shifted));
    setCoefficient(memory, 3, 1);
    setCoefficient(memory, 4, -2 * r * Math.cos(w));
    setCoefficient(memory, 5, r * r);
  }
  return filterRecursively<T>(n, 3, 3, x, y, scratch);
}

export function recursive_filter_f32(
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
  return given<f32>(n, p, q, x, a, b, initIn, initOut, y, scratch);
}

export function recursive_filter_f64(
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
  return given<f64>(n, p, q, x, a, b, initIn, initOut, y, scratch);
}

export function settled_recursive_filter_f32(
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
  return settled<f32>(n, p, q, x, a, b, gain, y, scratch);
}

export function settled_recursive_filter_f64(
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
  return settled<f64>(n, p, q, x, a, b, gain, y, scratch);
}

export function convolve_exp_f32(n: i32, x: usize, tau: usize, y: usize, scratch: usize): i32 {
  return exponential<f32>(n, x, tau, y, scratch);
}

export function convolve_exp_f64(n: i32, x: usize, tau: usize, y: usize, scratch: usize): i32 {
  return exponential<f64>(n, x, tau, y, scratch);
}

export function convolve_damped_oscillator_f32(
  n: i32,
  x: usize,
  tau: usize,
  omega: usize,
  phase: usize,
  y: usize,
  scratch: usize,
): i32 {
  return oscillator<f32>(n, x, tau, omega, phase, y, scratch);
}

export function convolve_damped_oscillator_f64(
  n: i32,
  x: usize,
  tau: usize,
  omega: usize,
  phase: usize,
  y: usize,
  scratch: usize,
): i32 {
  return oscillator<f64>(n, x, tau, omega, phase, y, scratch);
}

export function inject_damped_oscillation_f32(
  n: i32,
  x: usize,
  tau: usize,
  omega: usize,
  phase: usize,
  fraction: usize,
  y: usize,
  scratch: usize,
): i32 {
  return injected<f32>(n, x, tau, omega, phase, fraction, y, scratch);
}

export function inject_damped_oscillation_f64(
  n: i32,
  x: usize,
  tau: usize,
  omega: usize,
  phase: usize,
  fraction: usize,
  y: usize,
  scratch: usize,
): i32 {
  return injected<f64>(n, x, tau, omega, phase, fraction, y, scratch);
}
