import { complexSpan, forwardSplit } from './fourier-split';
import { halves, LANES, nanBits, status, stride } from './lanes';
import { clearComplex } from './spectrum-order';
import { nanLanes } from './subtract';

/**
 * Transforms of real samples as complex ones of half the length: z_j = x_{2j} + i x_{2j+1}, with transforms E and O of even
 * and odd samples, X_k = E_k + w_k O_k, w_k = exp(-2 pi i k / n). The first sample is taken away before and given back to X_0:
 * what is left is small where the waveform stands far from zero. Tables: see src/plans/spectrum-plan.ts.
 */

/** Place of a frequency in the order of the passes. */
function placeOf<T>(data: usize, places: usize, k: i32): usize {
  return data + complexSpan<T>(<i32>load<T>(places + <usize>k * sizeof<T>()));
}

/** Writes result k of one lane: R an array for the complex number, a number for its power / n. */
function putLane<T, R>(out: usize, k: i32, re: f64, im: f64, scale: f64): void {
  if (isReference<R>()) {
    store<T>(out + complexSpan<T>(k), <T>re);
    store<T>(out + complexSpan<T>(k) + stride<T>(), <T>im);
  } else {
    store<T>(out + <usize>k * stride<T>(), <T>((re * re + im * im) * scale));
  }
}

function resultsOfLane<T, R>(
  half: i32,
  data: usize,
  turns: usize,
  places: usize,
  base: f64,
  out: usize,
): void {
  const scale = 0.5 / <f64>half;
  const zero = placeOf<T>(data, places, 0);
  const z = <f64>load<T>(zero);
  const y = <f64>load<T>(zero + stride<T>());
  putLane<T, R>(out, 0, z + y + 2 * <f64>half * base, 0, scale);
  putLane<T, R>(out, half, z - y, 0, scale);
  for (let k = 1; k <= half / 2; k++) {
    const here = placeOf<T>(data, places, k);
    const there = placeOf<T>(data, places, half - k);
    const a = <f64>load<T>(here);
    const b = <f64>load<T>(here + stride<T>());
    const c = <f64>load<T>(there);
    const d = <f64>load<T>(there + stride<T>());
    const or = 0.5 * (b + d);
    const oi = 0.5 * (c - a);
    const cosine = <f64>load<T>(turns + <usize>(2 * k) * sizeof<T>());
    const sine = <f64>load<T>(turns + <usize>(2 * k + 1) * sizeof<T>());
    const wr = or * cosine - oi * sine;
    const wi = oi * cosine + or * sine;
    putLane<T, R>(out, k, 0.5 * (a + c) + wr, 0.5 * (b - d) + wi, scale);
    putLane<T, R>(out, half - k, 0.5 * (a + c) - wr, wi - 0.5 * (b - d), scale);
  }
}

function put<T, R>(out: usize, k: i32, re: v128, im: v128, scale: v128): void {
  if (isReference<R>()) {
    v128.store(out + complexSpan<T>(k), re);
    v128.store(out + complexSpan<T>(k), im, 4 * sizeof<T>());
  } else {
    const power = v128.add<T>(v128.mul<T>(re, re), v128.mul<T>(im, im));
    v128.store(out + <usize>k * stride<T>(), v128.mul<T>(power, scale));
  }
}

function splat<T>(p: usize): v128 {
  return sizeof<T>() == 4 ? v128.load32_splat(p) : v128.load64_splat(p);
}

function results<T, R>(half: i32, data: usize, turns: usize, places: usize, base: v128, out: usize): void {
  const scale = v128.splat<T>(<T>(0.5 / <f64>half));
  const middle = v128.splat<T>(<T>0.5);
  const zero = placeOf<T>(data, places, 0);
  const none = v128.splat<T>(<T>0);
  const z = v128.load(zero);
  const y = v128.load(zero, 4 * sizeof<T>());
  const given = v128.mul<T>(base, v128.splat<T>(<T>(half + half)));
  put<T, R>(out, 0, v128.add<T>(v128.add<T>(z, y), given), none, scale);
  put<T, R>(out, half, v128.sub<T>(z, y), none, scale);
  for (let k = 1; k <= half / 2; k++) {
    const here = placeOf<T>(data, places, k);
    const there = placeOf<T>(data, places, half - k);
    const a = v128.mul<T>(v128.load(here), middle);
    const b = v128.mul<T>(v128.load(here, 4 * sizeof<T>()), middle);
    const c = v128.mul<T>(v128.load(there), middle);
    const d = v128.mul<T>(v128.load(there, 4 * sizeof<T>()), middle);
    const er = v128.add<T>(a, c);
    const ei = v128.sub<T>(b, d);
    const or = v128.add<T>(b, d);
    const oi = v128.sub<T>(c, a);
    const cosine = splat<T>(turns + <usize>(2 * k) * sizeof<T>());
    const sine = splat<T>(turns + <usize>(2 * k + 1) * sizeof<T>());
    const wr = v128.sub<T>(v128.mul<T>(or, cosine), v128.mul<T>(oi, sine));
    const wi = v128.add<T>(v128.mul<T>(oi, cosine), v128.mul<T>(or, sine));
    put<T, R>(out, k, v128.add<T>(er, wr), v128.add<T>(ei, wi), scale);
    put<T, R>(out, half - k, v128.sub<T>(er, wr), v128.sub<T>(wi, ei), scale);
  }
}

/** Copies n samples of all lanes, the first one taken away from all. */
function lift<T>(n: i32, x: usize, data: usize): void {
  if (!ASC_FEATURE_SIMD) {
    for (let i: usize = 0; i < <usize>(n * LANES); i++) {
      const first = load<T>(x + (i & 3) * sizeof<T>());
      store<T>(data + i * sizeof<T>(), <T>(load<T>(x + i * sizeof<T>()) - first));
    }
    return;
  }
  for (let h: usize = 0; h < <usize>halves<T>(); h++) {
    const base = v128.load(x + h * 16);
    const end = x + <usize>n * stride<T>();
    let q = data + h * 16;
    for (let p = x + h * 16; p < end; p += stride<T>()) {
      v128.store(q, v128.sub<T>(v128.load(p), base));
      q += stride<T>();
    }
  }
}

/** R: an array for complex results, a number for powers. Status bits of the lanes that are not numbers. */
function spectrum<T, R>(n: i32, x: usize, out: usize, data: usize, factors: i32, table: usize): i32 {
  const half = n / 2;
  const turns = table + <usize>factors * sizeof<T>();
  const places = turns + <usize>(2 * (half / 2 + 1)) * sizeof<T>();
  lift<T>(n, x, data);
  forwardSplit<T>(half, data, table);
  let nan = 0;
  if (ASC_FEATURE_SIMD) {
    for (let h = 0; h < halves<T>(); h++) {
      const at = <usize>h * 16;
      results<T, R>(half, data + at, turns, places, v128.load(x + at), out + at);
      nan |= nanBits<T>(v128.load(out + at), h);
    }
  } else {
    for (let l = 0; l < LANES; l++) {
      const at = <usize>l * sizeof<T>();
      resultsOfLane<T, R>(half, data + at, turns, places, <f64>load<T>(x + at), out + at);
      if (isNaN<T>(load<T>(out + at))) nan |= 1 << l;
    }
  }
  return nan;
}

export function fft_split<F>(
  n: i32,
  m: i32,
  x: usize,
  out: usize,
  data: usize,
  factors: i32,
  table: usize,
): i32 {
  const nan = spectrum<F, StaticArray<F>>(n, x, out, data, factors, table);
  if (nan != 0) clearComplex<F>(m, out, nanLanes<F>(n, x));
  return status(0, nan, 0);
}

/** Writes conj(Z_k) / half of one lane, from which forward passes make the conjugates of the samples. */
function gatherLane<T>(half: i32, x: usize, turns: usize, data: usize): void {
  const scale = 0.5 / <f64>half;
  for (let k = 0; k <= half / 2; k++) {
    const here = x + complexSpan<T>(k);
    const there = x + complexSpan<T>(half - k);
    const isReal = k == 0;
    const a = <f64>load<T>(here);
    const b = isReal ? 0 : <f64>load<T>(here + stride<T>());
    const c = <f64>load<T>(there);
    const d = isReal ? 0 : <f64>load<T>(there + stride<T>());
    const cosine = <f64>load<T>(turns + <usize>(2 * k) * sizeof<T>());
    const sine = <f64>load<T>(turns + <usize>(2 * k + 1) * sizeof<T>());
    const or = (a - c) * cosine + (b + d) * sine;
    const oi = (b + d) * cosine - (a - c) * sine;
    const to = data + complexSpan<T>(k);
    store<T>(to, <T>((a + c - oi) * scale));
    store<T>(to + stride<T>(), <T>(-(b - d + or) * scale));
    if (k == 0) continue;
    const back = data + complexSpan<T>(half - k);
    store<T>(back, <T>((a + c + oi) * scale));
    store<T>(back + stride<T>(), <T>((b - d - or) * scale));
  }
}

function gather<T>(half: i32, x: usize, turns: usize, data: usize): void {
  const scale = v128.splat<T>(<T>(0.5 / <f64>half));
  const none = v128.splat<T>(<T>0);
  for (let k = 0; k <= half / 2; k++) {
    const here = x + complexSpan<T>(k);
    const there = x + complexSpan<T>(half - k);
    const a = v128.load(here);
    const c = v128.load(there);
    const b = k == 0 ? none : v128.load(here, 4 * sizeof<T>());
    const d = k == 0 ? none : v128.load(there, 4 * sizeof<T>());
    const cosine = splat<T>(turns + <usize>(2 * k) * sizeof<T>());
    const sine = splat<T>(turns + <usize>(2 * k + 1) * sizeof<T>());
    const dr = v128.sub<T>(a, c);
    const di = v128.add<T>(b, d);
    const or = v128.add<T>(v128.mul<T>(dr, cosine), v128.mul<T>(di, sine));
    const oi = v128.sub<T>(v128.mul<T>(di, cosine), v128.mul<T>(dr, sine));
    const er = v128.add<T>(a, c);
    const ei = v128.sub<T>(b, d);
    const to = data + complexSpan<T>(k);
    v128.store(to, v128.mul<T>(v128.sub<T>(er, oi), scale));
    v128.store(to, v128.neg<T>(v128.mul<T>(v128.add<T>(ei, or), scale)), 4 * sizeof<T>());
    if (k == 0) continue;
    const back = data + complexSpan<T>(half - k);
    v128.store(back, v128.mul<T>(v128.add<T>(er, oi), scale));
    v128.store(back, v128.mul<T>(v128.sub<T>(ei, or), scale), 4 * sizeof<T>());
  }
}

export function ifft_split<F>(
  n: i32,
  m: i32,
  x: usize,
  out: usize,
  data: usize,
  factors: i32,
  table: usize,
): i32 {
  const half = m / 2;
  const turns = table + <usize>factors * sizeof<F>();
  const places = turns + <usize>(2 * (half / 2 + 1)) * sizeof<F>();
  if (ASC_FEATURE_SIMD) {
    for (let at: usize = 0; at < stride<F>(); at += 16) gather<F>(half, x + at, turns, data + at);
  } else {
    for (let at: usize = 0; at < stride<F>(); at += sizeof<F>())
      gatherLane<F>(half, x + at, turns, data + at);
  }
  forwardSplit<F>(half, data, table);
  for (let j = 0; j < half; j++) {
    const from = placeOf<F>(data, places, j);
    memory.copy(out, from, stride<F>());
    out += stride<F>();
    for (let at: usize = 0; at < stride<F>(); at += sizeof<F>())
      store<F>(out + at, -load<F>(from + stride<F>() + at));
    out += stride<F>();
  }
  let nan = 0;
  for (let l = 0; l < LANES; l++)
    if (isNaN<F>(load<F>(out - stride<F>() + <usize>l * sizeof<F>()))) nan |= 1 << l;
  return status(0, nan, 0);
}

export function psd_split<F>(
  n: i32,
  m: i32,
  x: usize,
  out: usize,
  data: usize,
  factors: i32,
  table: usize,
): i32 {
  return status(0, spectrum<F, F>(n, x, out, data, factors, table), 0);
}
