import { LANES, laneBits, loadPair, status, storePair, storeQuad, stride, uniform } from './lanes';
import { runOneSection } from './sections';

/**
 * y_i = (sum a_j x_{i-j} - sum_{j >= 1} b_j y_{i-j}) / b_0 in double. Working memory, each number of all lanes (four
 * doubles): x before the waveform, y before it, p numbers a_j, q numbers b_j, then room for 2 (p + q).
 */
export const QUAD: usize = 32;

/** Where the coefficients a_j begin in the working memory. */
export const COEFFICIENTS: usize = 2 * QUAD;

/** Below this, dividing the coefficients by b_0 at the start is not as good as dividing every result. */
const SMALLEST_DIVISOR: f64 = 1e-100;

/** Quotients of coefficients from here on are left alone. */
const LARGEST: f64 = 1e100;

/** No bits of lanes: coefficients that are not those of one section of second order. */
const OTHER: i32 = -1;

/** One lane as it is defined; true when a result is NaN. `memory` is the lane's place in the working memory. */
function lane<T>(n: i32, p: i32, q: i32, x: usize, y: usize, memory: usize): bool {
  const before = load<f64>(memory);
  const a = memory + COEFFICIENTS;
  const b = a + <usize>p * QUAD;
  const past = b + <usize>q * QUAD;
  const divisor = q > 0 ? load<f64>(b) : NaN;
  const depth = q - 1;
  for (let j = 0; j < depth; j++) store<f64>(past + <usize>j * QUAD, load<f64>(memory, QUAD));
  let newest = 0;
  let nan = false;
  for (let i = 0; i < n; i++) {
    let sum = 0.0;
    for (let j = 0; j < p; j++) {
      const value = i >= j ? <f64>load<T>(x + <usize>(i - j) * stride<T>()) : before;
      sum += load<f64>(a + <usize>j * QUAD) * value;
    }
    for (let j = 1; j <= depth; j++) {
      const at = newest + j - 1;
      const place = at < depth ? at : at - depth;
      sum -= load<f64>(b + <usize>j * QUAD) * load<f64>(past + <usize>place * QUAD);
    }
    sum /= divisor;
    if (depth > 0) {
      newest = newest == 0 ? depth - 1 : newest - 1;
      store<f64>(past + <usize>newest * QUAD, sum);
    }
    nan = nan || sum != sum;
    store<T>(y + <usize>i * stride<T>(), <T>sum);
  }
  return nan;
}

/** Divides all coefficients by b_0; false, and nothing done, when that cannot be done well in every lane. */
function divideCoefficients(p: i32, q: i32, memory: usize): bool {
  const a = memory + COEFFICIENTS;
  const b = a + <usize>p * QUAD;
  if (q == 0) return false;
  for (let l: usize = 0; l < QUAD; l += 8) if (!(Math.abs(load<f64>(b + l)) > SMALLEST_DIVISOR)) return false;
  const low = v128.load(b);
  const high = v128.load(b, 16);
  const end = b + <usize>q * QUAD;
  for (let at = a; at < end; at += QUAD) {
    v128.store(at, f64x2.div(v128.load(at), low));
    v128.store(at, f64x2.div(v128.load(at, 16), high), 16);
  }
  return true;
}

/** Number of coefficients that a type stands for: u8, u16, u32, u64 and v128 for 1 to 5. */
function count<N>(): i32 {
  return <i32>ctz<usize>(sizeof<N>()) + 1;
}

/** What the samples and results before the waveform add to the first result, but for the part of b_1, and later ones. */
function shareOfPast(p: i32, q: i32, from: i32, memory: usize): v128 {
  const a = memory + COEFFICIENTS;
  const b = a + <usize>p * QUAD;
  let sum = f64x2.splat(0);
  for (let j = from; j < p; j++)
    sum = f64x2.add(sum, f64x2.mul(v128.load(a + <usize>j * QUAD), v128.load(memory)));
  for (let j = max(from, 2); j < q; j++)
    sum = f64x2.sub(sum, f64x2.mul(v128.load(b + <usize>j * QUAD), v128.load(memory, 32)));
  return sum;
}

/** What is due k results later: what stands in s_{k+1}, if there is one, and a_k v, if there is an a_k. */
function due<P, Q, K>(next: v128, a: usize, v: v128): v128 {
  const k = count<K>();
  const isLast = count<Q>() == k + 1;
  if (count<P>() <= k) return isLast ? f64x2.splat(0) : next;
  const product = f64x2.mul(v128.load(a + <usize>k * QUAD), v);
  return isLast ? product : f64x2.add(next, product);
}

/**
 * All lanes, for numbers of coefficients that are known while compiling, p <= q. In s_k stands what the samples and
 * results so far add to the k-th next result (transposed direct form). The newest result is taken apart and last, so
 * that each waits for one multiplication and one subtraction only. Most coefficients are read where they are used: there
 * are not enough registers for them.
 */
function ofOrder<P, Q, T>(n: i32, x: usize, y: usize, memory: usize): i32 {
  const half = 2 * sizeof<T>();
  const p = count<P>();
  const q = count<Q>();
  const a = memory + COEFFICIENTS;
  const b = a + <usize>p * QUAD;
  const b10 = v128.load(b, 32);
  const b11 = v128.load(b, 48);
  let s10 = shareOfPast(p, q, 1, memory);
  let s11 = shareOfPast(p, q, 1, memory + 16);
  let s20 = shareOfPast(p, q, 2, memory);
  let s21 = shareOfPast(p, q, 2, memory + 16);
  let s30 = shareOfPast(p, q, 3, memory);
  let s31 = shareOfPast(p, q, 3, memory + 16);
  let s40 = shareOfPast(p, q, 4, memory);
  let s41 = shareOfPast(p, q, 4, memory + 16);
  let y0 = v128.load(memory, 32);
  let y1 = v128.load(memory, 48);
  const end = x + <usize>n * stride<T>();
  for (; x < end; x += stride<T>()) {
    const v0 = loadPair<T>(x);
    const v1 = loadPair<T>(x + half);
    y0 = f64x2.sub(f64x2.add(f64x2.mul(v128.load(a), v0), s10), f64x2.mul(b10, y0));
    y1 = f64x2.sub(f64x2.add(f64x2.mul(v128.load(a, 16), v1), s11), f64x2.mul(b11, y1));
    storePair<T>(y, y0);
    storePair<T>(y + half, y1);
    y += stride<T>();
    s10 = due<P, Q, u8>(s20, a, v0);
    s11 = due<P, Q, u8>(s21, a + 16, v1);
    if (q > 2) {
      s20 = f64x2.sub(due<P, Q, u16>(s30, a, v0), f64x2.mul(v128.load(b, 64), y0));
      s21 = f64x2.sub(due<P, Q, u16>(s31, a + 16, v1), f64x2.mul(v128.load(b, 80), y1));
    }
    if (q > 3) {
      s30 = f64x2.sub(due<P, Q, u32>(s40, a, v0), f64x2.mul(v128.load(b, 96), y0));
      s31 = f64x2.sub(due<P, Q, u32>(s41, a + 16, v1), f64x2.mul(v128.load(b, 112), y1));
    }
    if (q > 4) {
      s40 = f64x2.sub(due<P, Q, u64>(s40, a, v0), f64x2.mul(v128.load(b, 128), y0));
      s41 = f64x2.sub(due<P, Q, u64>(s41, a + 16, v1), f64x2.mul(v128.load(b, 144), y1));
    }
  }
  return i64x2.bitmask(f64x2.ne(y0, y0)) | (i64x2.bitmask(f64x2.ne(y1, y1)) << 2);
}

/** Fills a history of so many numbers, twice over, with the number at `from`. */
function fillHistory(to: usize, many: i32, from: usize): void {
  for (let j = 0; j < 2 * many; j++) memory.copy(to + <usize>j * QUAD, from, QUAD);
}

/**
 * All lanes, for any numbers of coefficients. Samples and results of the past lie twice in the working memory, the
 * newest first, so that they are read in order wherever the newest stands.
 */
function ofAnyOrder<T>(n: i32, p: i32, q: i32, x: usize, y: usize, memory: usize): i32 {
  const half = 2 * sizeof<T>();
  const a = memory + COEFFICIENTS;
  const aEnd = a + <usize>p * QUAD;
  const b = aEnd + QUAD;
  const bEnd = aEnd + <usize>q * QUAD;
  const samples = bEnd;
  const results = samples + 2 * <usize>p * QUAD;
  const samplesBytes = <usize>p * QUAD;
  const resultsBytes = <usize>(q - 1) * QUAD;
  fillHistory(samples, p, memory);
  fillHistory(results, q - 1, memory + QUAD);
  let s: usize = 0;
  let r: usize = 0;
  let bad0 = f64x2.splat(0);
  let bad1 = f64x2.splat(0);
  const end = x + <usize>n * stride<T>();
  for (; x < end; x += stride<T>()) {
    let w0 = f64x2.splat(0);
    let w1 = f64x2.splat(0);
    let from = results + r;
    for (let at = b; at < bEnd; at += QUAD) {
      w0 = f64x2.sub(w0, f64x2.mul(v128.load(at), v128.load(from)));
      w1 = f64x2.sub(w1, f64x2.mul(v128.load(at, 16), v128.load(from, 16)));
      from += QUAD;
    }
    if (p > 0) {
      const v0 = loadPair<T>(x);
      const v1 = loadPair<T>(x + half);
      s = (s == 0 ? samplesBytes : s) - QUAD;
      from = samples + s;
      v128.store(from, v0);
      v128.store(from, v1, 16);
      v128.store(from + samplesBytes, v0);
      v128.store(from + samplesBytes, v1, 16);
      for (let at = a; at < aEnd; at += QUAD) {
        w0 = f64x2.add(w0, f64x2.mul(v128.load(at), v128.load(from)));
        w1 = f64x2.add(w1, f64x2.mul(v128.load(at, 16), v128.load(from, 16)));
        from += QUAD;
      }
    }
    if (resultsBytes > 0) {
      r = (r == 0 ? resultsBytes : r) - QUAD;
      const to = results + r;
      v128.store(to, w0);
      v128.store(to, w1, 16);
      v128.store(to + resultsBytes, w0);
      v128.store(to + resultsBytes, w1, 16);
    }
    bad0 = v128.or(bad0, f64x2.ne(w0, w0));
    bad1 = v128.or(bad1, f64x2.ne(w1, w1));
    storeQuad<T>(y, w0, w1);
    y += stride<T>();
  }
  return i64x2.bitmask(bad0) | (i64x2.bitmask(bad1) << 2);
}

/**
 * All lanes, for nine coefficients of each kind (band filters of order 4), two waveforms at a time: the same form as
 * `ofOrder`, whose sums of both pairs would not fit into the registers. Offsets: 64 + 32 j for a_j, 352 + 32 j for b_j.
 */
function ofNine<T>(n: i32, x: usize, y: usize, memory: usize): i32 {
  let nan = 0;
  for (let h: usize = 0; h < 2; h++) {
    const own = memory + h * 16;
    let s1 = shareOfPast(9, 9, 1, own);
    let s2 = shareOfPast(9, 9, 2, own);
    let s3 = shareOfPast(9, 9, 3, own);
    let s4 = shareOfPast(9, 9, 4, own);
    let s5 = shareOfPast(9, 9, 5, own);
    let s6 = shareOfPast(9, 9, 6, own);
    let s7 = shareOfPast(9, 9, 7, own);
    let s8 = shareOfPast(9, 9, 8, own);
    let result = v128.load(own, 32);
    const end = x + <usize>n * stride<T>();
    let to = y + h * 2 * sizeof<T>();
    for (let from = x + h * 2 * sizeof<T>(); from < end; from += stride<T>()) {
      const v = loadPair<T>(from);
      s1 = f64x2.add(f64x2.mul(v128.load(own, 64), v), s1);
      result = f64x2.sub(s1, f64x2.mul(v128.load(own, 384), result));
      storePair<T>(to, result);
      to += stride<T>();
      s1 = f64x2.add(s2, f64x2.mul(v128.load(own, 96), v));
      s2 = f64x2.add(s3, f64x2.mul(v128.load(own, 128), v));
      s2 = f64x2.sub(s2, f64x2.mul(v128.load(own, 416), result));
      s3 = f64x2.add(s4, f64x2.mul(v128.load(own, 160), v));
      s3 = f64x2.sub(s3, f64x2.mul(v128.load(own, 448), result));
      s4 = f64x2.add(s5, f64x2.mul(v128.load(own, 192), v));
      s4 = f64x2.sub(s4, f64x2.mul(v128.load(own, 480), result));
      s5 = f64x2.add(s6, f64x2.mul(v128.load(own, 224), v));
      s5 = f64x2.sub(s5, f64x2.mul(v128.load(own, 512), result));
      s6 = f64x2.add(s7, f64x2.mul(v128.load(own, 256), v));
      s6 = f64x2.sub(s6, f64x2.mul(v128.load(own, 544), result));
      s7 = f64x2.add(s8, f64x2.mul(v128.load(own, 288), v));
      s7 = f64x2.sub(s7, f64x2.mul(v128.load(own, 576), result));
      s8 = f64x2.mul(v128.load(own, 320), v);
      s8 = f64x2.sub(s8, f64x2.mul(v128.load(own, 608), result));
    }
    nan |= laneBits<f64>(f64x2.ne(result, result), <i32>h);
  }
  return nan;
}

/** The first lane's coefficient at a place, over a_0 for those of samples. */
function coefficient(place: i32, count: i32, list: usize, over: f64): f64 {
  return place < count ? load<f64>(list + <usize>place * QUAD) / over : 0;
}

/**
 * Three coefficients b_j that are the same in all lanes, and up to three a_j, as a section of second order: their coefficients
 * stay in registers. Bits of the lanes that end with NaN; OTHER, and nothing done, when there are other coefficients.
 */
function asSection<T>(n: i32, p: i32, q: i32, x: usize, y: usize, memory: usize): i32 {
  if (q != 3 || p < 1 || p > 3) return OTHER;
  const a = memory + COEFFICIENTS;
  const b = a + <usize>p * QUAD;
  for (let at = a; at < b + 3 * QUAD; at += QUAD) if (!uniform<f64>(at)) return OTHER;
  const gain = load<f64>(a);
  const c1 = coefficient(1, p, a, gain);
  const c2 = coefficient(2, p, a, gain);
  if (!(Math.abs(gain) > SMALLEST_DIVISOR && Math.abs(c1) < LARGEST && Math.abs(c2) < LARGEST)) return OTHER;
  const b1 = load<f64>(b, 32);
  const b2 = load<f64>(b, 64);
  return runOneSection<T>(n, x, y, gain, c1, c2, b1, b2, memory, b + 3 * QUAD);
}

function vectors<T>(n: i32, p: i32, q: i32, x: usize, y: usize, memory: usize): i32 {
  const found = asSection<T>(n, p, q, x, y, memory);
  if (found != OTHER) return found;
  switch (p < 10 && q < 10 ? 10 * p + q : 0) {
    case 12:
      return ofOrder<u8, u16, T>(n, x, y, memory);
    case 22:
      return ofOrder<u16, u16, T>(n, x, y, memory);
    case 13:
      return ofOrder<u8, u32, T>(n, x, y, memory);
    case 23:
      return ofOrder<u16, u32, T>(n, x, y, memory);
    case 33:
      return ofOrder<u32, u32, T>(n, x, y, memory);
    case 44:
      return ofOrder<u64, u64, T>(n, x, y, memory);
    case 55:
      return ofOrder<v128, v128, T>(n, x, y, memory);
    case 99:
      return ofNine<T>(n, x, y, memory);
    default:
      return ofAnyOrder<T>(n, p, q, x, y, memory);
  }
}

/** Runs the recursion on all lanes with p and q coefficients that lie ready in the working memory; status word. */
export function filterRecursively<T>(n: i32, p: i32, q: i32, x: usize, y: usize, memory: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    if (divideCoefficients(p, q, memory)) return status(0, vectors<T>(n, p, q, x, y, memory), 0);
  }
  let nan = 0;
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<T>();
    if (lane<T>(n, p, q, x + at, y + at, memory + <usize>l * 8)) nan |= 1 << l;
  }
  return status(0, nan, 0);
}
