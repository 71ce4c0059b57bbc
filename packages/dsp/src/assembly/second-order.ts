import { loadPair, storePair, stride } from './lanes';

/**
 * Sections of second order, y_i = v_i + c_1 v_{i-1} + c_2 v_{i-2} - b_1 y_{i-1} - b_2 y_{i-2} in double, with coefficients that
 * are the same in all lanes. What is known of c_1 and c_2 while compiling stands in a type Z: u8 for 2 and 1, u16 for
 * -2 and 1, u32 for 0 and -1 (these three need no multiplication), u64 for any c_1 and 1, i8 for any c_1 and 0, v128 for any c_1
 * and c_2.
 */
export const SECTION: usize = 32;

/** Bytes of the state of a section or of two. */
export const STATE: usize = 224;

/** The part of the samples: v the newest, p the one before, q what `heldOf` made of that. */
function fromSamples<Z>(v: v128, p: v128, q: v128, c1: v128, c2: v128): v128 {
  if (isSigned<Z>()) return f64x2.add(v, f64x2.mul(c1, p));
  if (sizeof<Z>() == 1) return f64x2.add(f64x2.add(v, p), q);
  if (sizeof<Z>() == 2) return f64x2.sub(f64x2.sub(v, p), q);
  if (sizeof<Z>() == 4) return f64x2.sub(v, q);
  if (sizeof<Z>() == 8) return f64x2.add(f64x2.add(v, q), f64x2.mul(c1, p));
  return f64x2.add(v, f64x2.add(f64x2.mul(c1, p), f64x2.mul(c2, q)));
}

/** What is kept of a sample and the one before for the next: their sum or difference where it is a part of the next result. */
export function heldOf<Z>(v: v128, p: v128): v128 {
  if (isSigned<Z>()) return p;
  if (sizeof<Z>() == 1) return f64x2.add(v, p);
  return sizeof<Z>() == 2 ? f64x2.sub(v, p) : p;
}

/** A sample; times the gain in a first section (G is u8). */
function sampleOf<I, G>(x: usize, gain: v128): v128 {
  return sizeof<G>() == 1 ? f64x2.mul(loadPair<I>(x), gain) : loadPair<I>(x);
}

/** True when there are two sections (S is u16). */
function two<S>(): bool {
  return sizeof<S>() == 2;
}

/**
 * One section, or two with zeros of one kind one behind the other, so that one computes while the other waits: n samples at `x`
 * (of type I) to `y` (of type O). `state`: v_{i-1}, what is held of it, y_{i-1}, y_{i-2}; of the second what it holds of the
 * first's result y_{i-1}, and its own results z_{i-1}, z_{i-2}.
 */
export function runSections<Z, I, O, G, S>(
  n: i32,
  x: usize,
  y: usize,
  factor: f64,
  section: usize,
  state: usize,
): void {
  const gain = f64x2.splat(factor);
  const other = section + (two<S>() ? SECTION : 0);
  const c1 = v128.load64_splat(section);
  const c2 = v128.load64_splat(section, 8);
  const b1 = v128.load64_splat(section, 16);
  const b2 = v128.load64_splat(section, 24);
  const c3 = v128.load64_splat(other);
  const c4 = v128.load64_splat(other, 8);
  const b3 = v128.load64_splat(other, 16);
  const b4 = v128.load64_splat(other, 24);
  let p0 = v128.load(state);
  let p1 = v128.load(state, 16);
  let q0 = v128.load(state, 32);
  let q1 = v128.load(state, 48);
  let r0 = v128.load(state, 64);
  let r1 = v128.load(state, 80);
  let s0 = v128.load(state, 96);
  let s1 = v128.load(state, 112);
  let t0 = two<S>() ? v128.load(state, 128) : p0;
  let t1 = two<S>() ? v128.load(state, 144) : p1;
  let z0 = two<S>() ? v128.load(state, 160) : r0;
  let z1 = two<S>() ? v128.load(state, 176) : r1;
  let u0 = two<S>() ? v128.load(state, 192) : s0;
  let u1 = two<S>() ? v128.load(state, 208) : s1;
  for (const end = x + <usize>n * stride<I>(); x < end; x += stride<I>()) {
    const v0 = sampleOf<I, G>(x, gain);
    const v1 = sampleOf<I, G>(x + 2 * sizeof<I>(), gain);
    const w0 = f64x2.sub(fromSamples<Z>(v0, p0, q0, c1, c2), f64x2.mul(b2, s0));
    const w1 = f64x2.sub(fromSamples<Z>(v1, p1, q1, c1, c2), f64x2.mul(b2, s1));
    q0 = heldOf<Z>(v0, p0);
    q1 = heldOf<Z>(v1, p1);
    p0 = v0;
    p1 = v1;
    s0 = r0;
    s1 = r1;
    r0 = f64x2.sub(w0, f64x2.mul(b1, r0));
    r1 = f64x2.sub(w1, f64x2.mul(b1, r1));
    if (two<S>()) {
      const o0 = f64x2.sub(fromSamples<Z>(r0, s0, t0, c3, c4), f64x2.mul(b4, u0));
      const o1 = f64x2.sub(fromSamples<Z>(r1, s1, t1, c3, c4), f64x2.mul(b4, u1));
      t0 = heldOf<Z>(r0, s0);
      t1 = heldOf<Z>(r1, s1);
      u0 = z0;
      u1 = z1;
      z0 = f64x2.sub(o0, f64x2.mul(b3, z0));
      z1 = f64x2.sub(o1, f64x2.mul(b3, z1));
    }
    storePair<O>(y, two<S>() ? z0 : r0);
    storePair<O>(y + 2 * sizeof<O>(), two<S>() ? z1 : r1);
    y += stride<O>();
  }
  v128.store(state, p0);
  v128.store(state, p1, 16);
  v128.store(state, q0, 32);
  v128.store(state, q1, 48);
  v128.store(state, r0, 64);
  v128.store(state, r1, 80);
  v128.store(state, s0, 96);
  v128.store(state, s1, 112);
  if (two<S>()) {
    v128.store(state, t0, 128);
    v128.store(state, t1, 144);
    v128.store(state, z0, 160);
    v128.store(state, z1, 176);
    v128.store(state, u0, 192);
    v128.store(state, u1, 208);
  }
}
