import { LANES, stride } from './lanes';

const NEAREST: i32 = 0x6e; // n
const FLOOR: i32 = 0x66; // f
const CEIL: i32 = 0x63; // c
const LINEAR: i32 = 0x6c; // l
const HERMITE: i32 = 0x68; // h
const SPLINE: i32 = 0x73; // s

function sample<T>(x: usize, i: i32): f64 {
  return <f64>load<T>(x + <usize>i * stride<T>());
}

function hermite<T>(n: i32, x: usize, i: i32, u: f64, v: f64): f64 {
  const here = sample<T>(x, i);
  const next = sample<T>(x, i + 1);
  const m0 = i == 0 ? next - here : (next - sample<T>(x, i - 1)) / 2;
  const m1 = i == n - 2 ? next - here : (sample<T>(x, i + 2) - here) / 2;
  return (
    (3 * v * v - 2 * v * v * v) * here +
    (3 * u * u - 2 * u * u * u) * next -
    (v * v * v - v * v) * m0 +
    (u * u * u - u * u) * m1
  );
}

/** Natural cubic spline; `scratch` takes 2 n doubles. */
function spline<T>(n: i32, x: usize, i: i32, u: f64, v: f64, scratch: usize): f64 {
  const z = scratch;
  const g = scratch + <usize>n * 8;
  store<f64>(z, 0);
  store<f64>(g, 0);
  for (let k = 1; k < n - 1; k++) {
    const at = <usize>k * 8;
    const p = 0.5 * load<f64>(z + at - 8) + 2;
    const bend = sample<T>(x, k + 1) - 2 * sample<T>(x, k) + sample<T>(x, k - 1);
    store<f64>(z + at, -0.5 / p);
    store<f64>(g + at, (3 * bend - 0.5 * load<f64>(g + at - 8)) / p);
  }
  let above = 0.0;
  for (let k = n - 2; k > i; k--) {
    const at = <usize>k * 8;
    above = load<f64>(z + at) * above + load<f64>(g + at);
  }
  const at = <usize>i * 8;
  const here = load<f64>(z + at) * above + load<f64>(g + at);
  return (
    v * sample<T>(x, i) + u * sample<T>(x, i + 1) + ((v * v * v - v) * here + (u * u * u - u) * above) / 6
  );
}

function pick<T>(n: i32, x: usize, t: f64, mode: i32, scratch: usize): f64 {
  const i = <i32>t;
  const u = t - <f64>i;
  if (u == 0) return sample<T>(x, i);
  const v = 1 - u;
  if (mode == NEAREST) return sample<T>(x, u < 0.5 ? i : i + 1);
  if (mode == FLOOR) return sample<T>(x, i);
  if (mode == CEIL) return sample<T>(x, i + 1);
  if (mode == LINEAR) return v * sample<T>(x, i) + u * sample<T>(x, i + 1);
  if (mode == HERMITE) return hermite<T>(n, x, i, u, v);
  if (mode == SPLINE) return spline<T>(n, x, i, u, v, scratch);
  return NaN;
}

/** Every lane looks at its own time, so this goes lane by lane in both builds. */
export function fixed_time_pickoff<F>(
  n: i32,
  x: usize,
  time: usize,
  mode: usize,
  out: usize,
  scratch: usize,
): i32 {
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * sizeof<F>();
    const t = <f64>load<F>(time + at);
    const inside = t >= 0 && t <= <f64>(n - 1);
    store<F>(out + at, inside ? <F>pick<F>(n, x + at, t, <i32>load<i8>(mode + l), scratch) : <F>NaN);
  }
  return 0;
}
