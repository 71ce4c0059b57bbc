import { halves, stride } from './lanes';

/**
 * Cubic curves through n samples at m places. A result at u behind sample i is a sum of four numbers with weights that depend
 * on u alone: samples i, i + 1, i - 1 and i + 2 (Hermite: the slopes are half the distance of the neighbours, at the ends that
 * to the only one), or samples i, i + 1 and the second derivatives there (natural spline).
 */

/** Weights of the results between two samples, four numbers each; in the last place those of a single result. */
const LONGEST: i32 = 64;
const WEIGHTS = memory.data(2112);

/** c_i of the spline, which soon stay the same: c_i = -1 / (c_{i-1} + 4). */
const STEADY: i32 = 63;
const SHARES = memory.data(512);

function weightAt<T>(number: i32): usize {
  return WEIGHTS + <usize>(4 * number) * sizeof<T>();
}

function putWeights<T>(to: usize, a: f64, b: f64, c: f64, d: f64): void {
  store<T>(to, <T>a);
  store<T>(to, <T>b, sizeof<T>());
  store<T>(to, <T>c, 2 * sizeof<T>());
  store<T>(to, <T>d, 3 * sizeof<T>());
}

/** Weights of a result at u behind a sample, which may be the first one or the last but one. */
function weigh<T>(u: f64, isSpline: bool, isFirst: bool, isLast: bool, to: usize): void {
  const v = 1 - u;
  if (isSpline) {
    putWeights<T>(to, v, u, (v * v * v - v) / 6, (u * u * u - u) / 6);
    return;
  }
  const s0 = v * v - v * v * v;
  const s1 = u * u * u - u * u;
  const f0 = isFirst ? s0 : s0 / 2;
  const f1 = isLast ? s1 : s1 / 2;
  putWeights<T>(to, 3 * v * v - 2 * v * v * v - f1, 3 * u * u - 2 * u * u * u + f0, -f0, f1);
}

function splat<T>(p: usize): v128 {
  return sizeof<T>() == 4 ? v128.load32_splat(p) : v128.load64_splat(p);
}

function sumOf<T>(a: v128, b: v128, c: v128, d: v128, weights: usize): v128 {
  const line = v128.add<T>(
    v128.mul<T>(a, splat<T>(weights)),
    v128.mul<T>(b, splat<T>(weights + sizeof<T>())),
  );
  const bend = v128.add<T>(
    v128.mul<T>(c, splat<T>(weights + 2 * sizeof<T>())),
    v128.mul<T>(d, splat<T>(weights + 3 * sizeof<T>())),
  );
  return v128.add<T>(line, bend);
}

/** Result j of all lanes, wherever it is; `bends` is 0 for Hermite curves. */
function one<T>(n: i32, m: i32, x: usize, bends: usize, j: i32, y: usize): void {
  const place = <f64>j / (<f64>m / <f64>n);
  const i = min(<i32>Math.floor(place), n - 2);
  const weights = weightAt<T>(LONGEST);
  weigh<T>(place - <f64>i, bends != 0, i == 0, i == n - 2, weights);
  const a = x + <usize>i * stride<T>();
  const b = a + stride<T>();
  const c = bends != 0 ? bends + <usize>i * stride<T>() : i == 0 ? a : a - stride<T>();
  const d = bends != 0 ? bends + <usize>(i + 1) * stride<T>() : i == n - 2 ? b : b + stride<T>();
  const to = y + <usize>j * stride<T>();
  if (ASC_FEATURE_SIMD) {
    for (let h: usize = 0; h < stride<T>(); h += 16) {
      const sum = sumOf<T>(v128.load(a + h), v128.load(b + h), v128.load(c + h), v128.load(d + h), weights);
      v128.store(to + h, sum);
    }
  } else {
    for (let l: usize = 0; l < stride<T>(); l += sizeof<T>()) {
      const line =
        <f64>load<T>(weights) * <f64>load<T>(a + l) +
        <f64>load<T>(weights, sizeof<T>()) * <f64>load<T>(b + l);
      const bend =
        <f64>load<T>(weights, 2 * sizeof<T>()) * <f64>load<T>(c + l) +
        <f64>load<T>(weights, 3 * sizeof<T>()) * <f64>load<T>(d + l);
      store<T>(to + l, <T>(line + bend));
    }
  }
}

/** Results behind samples [1, n - 2), r each, which share r sets of weights. */
function inside<T>(n: i32, r: i32, x: usize, bends: usize, y: usize): void {
  for (let k = 0; k < r; k++) weigh<T>(<f64>k / <f64>r, bends != 0, false, false, weightAt<T>(k));
  const end = weightAt<T>(r);
  for (let h: usize = 0; h < <usize>halves<T>(); h++) {
    let to = y + h * 16 + <usize>r * stride<T>();
    for (let i = 1; i < n - 2; i++) {
      const p = x + h * 16 + <usize>i * stride<T>();
      const z = bends + h * 16 + <usize>i * stride<T>();
      const a = v128.load(p);
      const b = v128.load(p + stride<T>());
      const c = v128.load(bends != 0 ? z : p - stride<T>());
      const d = v128.load(bends != 0 ? z + stride<T>() : p + 2 * stride<T>());
      for (let weights = WEIGHTS; weights < end; weights += 4 * sizeof<T>()) {
        v128.store(to, sumOf<T>(a, b, c, d, weights));
        to += stride<T>();
      }
    }
  }
}

/** c_i, i from 1 on. */
function shareOf(i: i32): f64 {
  return load<f64>(SHARES + ((<usize>min(i, STEADY)) << 3));
}

/**
 * Second derivatives z_i of the natural spline: z_{i-1} + 4 z_i + z_{i+1} = 6 (x_{i+1} - 2 x_i + x_{i-1}), 0 at the ends. First
 * s_i = c_i (s_{i-1} - 6 bend_i), then from the end z_i = c_i z_{i+1} + s_i.
 */
function solve<T>(n: i32, x: usize, bends: usize): void {
  let share = 0.0;
  for (let i = 1; i <= STEADY; i++) {
    share = -1 / (share + 4);
    store<f64>(SHARES + ((<usize>i) << 3), share);
  }
  const step = stride<T>();
  const last = <usize>(n - 1) * step;
  memory.fill(bends, 0, step);
  memory.fill(bends + last, 0, step);
  for (let at: usize = 0; at < step; at += ASC_FEATURE_SIMD ? 16 : sizeof<T>()) {
    const p = x + at;
    const q = bends + at;
    if (ASC_FEATURE_SIMD) {
      const six = v128.splat<T>(<T>6);
      let sum = v128.splat<T>(<T>0);
      let rise = v128.sub<T>(v128.load(p + step), v128.load(p));
      for (let i = 1; i < n - 1; i++) {
        const here = <usize>i * step;
        const next = v128.sub<T>(v128.load(p + here + step), v128.load(p + here));
        const bend = v128.mul<T>(v128.sub<T>(next, rise), six);
        rise = next;
        sum = v128.mul<T>(v128.sub<T>(sum, bend), v128.splat<T>(<T>shareOf(i)));
        v128.store(q + here, sum);
      }
      sum = v128.splat<T>(<T>0);
      for (let i = n - 2; i > 0; i--) {
        const here = q + <usize>i * step;
        sum = v128.add<T>(v128.mul<T>(sum, v128.splat<T>(<T>shareOf(i))), v128.load(here));
        v128.store(here, sum);
      }
    } else {
      let sum = 0.0;
      let rise = <f64>load<T>(p + step) - <f64>load<T>(p);
      for (let i = 1; i < n - 1; i++) {
        const here = <usize>i * step;
        const next = <f64>load<T>(p + here + step) - <f64>load<T>(p + here);
        sum = shareOf(i) * (sum - 6 * (next - rise));
        rise = next;
        store<T>(q + here, <T>sum);
      }
      sum = 0;
      for (let i = n - 2; i > 0; i--) {
        const here = q + <usize>i * step;
        sum = shareOf(i) * sum + <f64>load<T>(here);
        store<T>(here, <T>sum);
      }
    }
  }
}

/** At least two samples. `scratch`: n samples of four lanes, for the spline. */
export function cubic<T>(n: i32, m: i32, x: usize, isSpline: bool, y: usize, scratch: usize): void {
  const bends: usize = isSpline ? scratch : 0;
  if (isSpline) solve<T>(n, x, bends);
  const r = m / n;
  const isInside = ASC_FEATURE_SIMD && n > 3 && m % n == 0 && r <= LONGEST;
  const first = isInside ? r : m;
  for (let j = 0; j < first; j++) one<T>(n, m, x, bends, j, y);
  if (!isInside) return;
  inside<T>(n, r, x, bends, y);
  for (let j = r * (n - 2); j < m; j++) one<T>(n, m, x, bends, j, y);
}
