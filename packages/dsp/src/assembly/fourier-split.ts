import { WEIGHT } from './complex-lanes';
import { passesOfLane } from './fourier-split-scalar';
import { halves, LANES, stride } from './lanes';

/**
 * Fourier transforms of n complex numbers per lane, in place, for n = 2^k and 3 * 2^k. Real and imaginary parts lie in
 * samples of their own, so that no lane knows of another one: real waveforms are complex ones of half the length as they
 * stand. Passes, weights and the order of the results are those of fourier.ts.
 */

/** Bytes of n complex numbers of four lanes. */
export function complexSpan<T>(n: i32): usize {
  return 2 * <usize>n * stride<T>();
}

function cosine<T>(weight: usize): v128 {
  return sizeof<T>() == 4 ? v128.load32_splat(weight) : v128.load64_splat(weight);
}

function sine<T>(weight: usize): v128 {
  return sizeof<T>() == 4 ? v128.load32_splat(weight, 8) : v128.load64_splat(weight, 16);
}

/** Stores re + i im. */
function storeComplex<T>(at: usize, re: v128, im: v128): void {
  v128.store(at, re);
  v128.store(at, im, 4 * sizeof<T>());
}

/** Stores (re + i im) times a weight. */
function put<T>(at: usize, re: v128, im: v128, weight: usize): void {
  const c = cosine<T>(weight);
  const s = sine<T>(weight);
  storeComplex<T>(
    at,
    v128.sub<T>(v128.mul<T>(re, c), v128.mul<T>(im, s)),
    v128.add<T>(v128.mul<T>(im, c), v128.mul<T>(re, s)),
  );
}

/** One pass of radix 3 over all n numbers. */
function three<T>(n: i32, data: usize, weights: usize): void {
  const part = complexSpan<T>(n / 3);
  const half = v128.splat<T>(<T>0.5);
  const root = v128.splat<T>(<T>0.8660254037844386);
  const end = data + part;
  for (; data < end; data += complexSpan<T>(1)) {
    const ar = v128.load(data);
    const ai = v128.load(data, 4 * sizeof<T>());
    const br = v128.load(data + part);
    const bi = v128.load(data + part, 4 * sizeof<T>());
    const cr = v128.load(data + 2 * part);
    const ci = v128.load(data + 2 * part, 4 * sizeof<T>());
    const sr = v128.add<T>(br, cr);
    const si = v128.add<T>(bi, ci);
    const tr = v128.mul<T>(v128.sub<T>(bi, ci), root);
    const ti = v128.mul<T>(v128.sub<T>(br, cr), root);
    const rr = v128.sub<T>(ar, v128.mul<T>(sr, half));
    const ri = v128.sub<T>(ai, v128.mul<T>(si, half));
    v128.store(data, v128.add<T>(ar, sr));
    v128.store(data, v128.add<T>(ai, si), 4 * sizeof<T>());
    put<T>(data + part, v128.add<T>(rr, tr), v128.sub<T>(ri, ti), weights);
    put<T>(data + 2 * part, v128.sub<T>(rr, tr), v128.add<T>(ri, ti), weights + WEIGHT * sizeof<T>());
    weights += 2 * WEIGHT * sizeof<T>();
  }
}

/** One group of radix 4 at `a`, `b`, `c` and `d`; W: u32 when its results are weighed, i32 in the last pass. */
function group<T, W>(a: usize, b: usize, c: usize, d: usize, weights: usize): void {
  const one = WEIGHT * sizeof<T>();
  const ar = v128.load(a);
  const cr = v128.load(c);
  const br = v128.load(b);
  const dr = v128.load(d);
  const sr = v128.add<T>(ar, cr);
  const tr = v128.sub<T>(ar, cr);
  const ur = v128.add<T>(br, dr);
  const vr = v128.sub<T>(br, dr);
  const ai = v128.load(a, 4 * sizeof<T>());
  const ci = v128.load(c, 4 * sizeof<T>());
  const bi = v128.load(b, 4 * sizeof<T>());
  const di = v128.load(d, 4 * sizeof<T>());
  const si = v128.add<T>(ai, ci);
  const ti = v128.sub<T>(ai, ci);
  const ui = v128.add<T>(bi, di);
  const vi = v128.sub<T>(bi, di);
  storeComplex<T>(a, v128.add<T>(sr, ur), v128.add<T>(si, ui));
  if (isSigned<W>()) {
    storeComplex<T>(b, v128.add<T>(tr, vi), v128.sub<T>(ti, vr));
    storeComplex<T>(c, v128.sub<T>(sr, ur), v128.sub<T>(si, ui));
    storeComplex<T>(d, v128.sub<T>(tr, vi), v128.add<T>(ti, vr));
  } else {
    put<T>(b, v128.add<T>(tr, vi), v128.sub<T>(ti, vr), weights);
    put<T>(c, v128.sub<T>(sr, ur), v128.sub<T>(si, ui), weights + one);
    put<T>(d, v128.sub<T>(tr, vi), v128.add<T>(ti, vr), weights + 2 * one);
  }
}

/** One pass of radix 4 over blocks of `size` numbers, `size` at least 8. */
function four<T>(n: i32, size: i32, data: usize, table: usize): void {
  const part = complexSpan<T>(size / 4);
  const end = data + complexSpan<T>(n);
  while (data < end) {
    let weights = table;
    const stop = data + part;
    for (; data < stop; data += complexSpan<T>(1)) {
      const b = data + part;
      const c = b + part;
      group<T, u32>(data, b, c, c + part, weights);
      weights += 3 * WEIGHT * sizeof<T>();
    }
    data += 3 * part;
  }
}

/** The last pass, over groups of 4, without weights. */
function lastFour<T>(n: i32, data: usize): void {
  const end = data + complexSpan<T>(n);
  for (; data < end; data += complexSpan<T>(4)) {
    const b = data + complexSpan<T>(1);
    const c = b + complexSpan<T>(1);
    group<T, i32>(data, b, c, c + complexSpan<T>(1), 0);
  }
}

/** The last pass, over pairs. */
function lastTwo<T>(n: i32, data: usize): void {
  const end = data + complexSpan<T>(n);
  for (; data < end; data += complexSpan<T>(2)) {
    const b = data + complexSpan<T>(1);
    const ar = v128.load(data);
    const br = v128.load(b);
    const ai = v128.load(data, 4 * sizeof<T>());
    const bi = v128.load(b, 4 * sizeof<T>());
    v128.store(data, v128.add<T>(ar, br));
    v128.store(data, v128.add<T>(ai, bi), 4 * sizeof<T>());
    v128.store(b, v128.sub<T>(ar, br));
    v128.store(b, v128.sub<T>(ai, bi), 4 * sizeof<T>());
  }
}

/** Transforms n complex numbers of a tile, in place. */
export function forwardSplit<T>(n: i32, data: usize, table: usize): void {
  if (!ASC_FEATURE_SIMD) {
    for (let l: usize = 0; l < <usize>LANES; l++) passesOfLane<T>(n, data + l * sizeof<T>(), table);
    return;
  }
  for (let h = 0; h < halves<T>(); h++) {
    const at = data + <usize>h * 16;
    let weights = table;
    let size = n;
    if (n % 3 == 0) {
      three<T>(n, at, weights);
      size = n / 3;
      weights += <usize>(2 * size) * WEIGHT * sizeof<T>();
    }
    for (; size > 4; size /= 4) {
      four<T>(n, size, at, weights);
      weights += <usize>(size / 4) * 3 * WEIGHT * sizeof<T>();
    }
    if (size == 4) lastFour<T>(n, at);
    else lastTwo<T>(n, at);
  }
}
