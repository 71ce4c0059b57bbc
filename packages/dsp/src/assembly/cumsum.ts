import { floatsOf, LANES, loadPair, storePair, stride } from './lanes';

/** Samples that are summed in float before the sum in double goes on. */
const BLOCK: i32 = 4;

/** Running sums of all lanes, in double; status bits of lanes that became NaN. */
function pairs<T>(n: i32, x: usize, y: usize, s0: v128, s1: v128): i32 {
  const half = 2 * sizeof<T>();
  const end = x + <usize>n * stride<T>();
  for (; x < end; x += stride<T>()) {
    s0 = f64x2.add(s0, loadPair<T>(x));
    s1 = f64x2.add(s1, loadPair<T>(x + half));
    storePair<T>(y, s0);
    storePair<T>(y + half, s1);
    y += stride<T>();
  }
  return (i64x2.bitmask(f64x2.ne(s0, s0)) | (i64x2.bitmask(f64x2.ne(s1, s1)) << 2)) << 4;
}

/** The same of floats: in double from block to block, what a block adds in float. */
function floats(n: i32, x: usize, y: usize): i32 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  const whole = n & ~(BLOCK - 1);
  const end = x + ((<usize>whole) << 4);
  for (; x < end; x += (<usize>BLOCK) << 4) {
    const base = floatsOf(s0, s1);
    const a = v128.load(x);
    const b = f32x4.add(a, v128.load(x, 16));
    const c = f32x4.add(b, v128.load(x, 32));
    const d = f32x4.add(c, v128.load(x, 48));
    v128.store(y, f32x4.add(base, a));
    v128.store(y, f32x4.add(base, b), 16);
    v128.store(y, f32x4.add(base, c), 32);
    s0 = f64x2.add(s0, f64x2.promote_low_f32x4(d));
    s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<i32>(d, d, 2, 3, 2, 3)));
    v128.store(y, f32x4.add(base, d), 48);
    y += (<usize>BLOCK) << 4;
  }
  return pairs<f32>(n - whole, x, y, s0, s1);
}

export function cumsum<F>(n: i32, x: usize, y: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    return sizeof<F>() == 4 ? floats(n, x, y) : pairs<F>(n, x, y, f64x2.splat(0), f64x2.splat(0));
  }
  let nan = 0;
  for (let l = 0; l < LANES; l++) {
    const at = <usize>l * sizeof<F>();
    let sum = 0.0;
    for (let i: usize = 0; i < <usize>n; i++) {
      sum += <f64>load<F>(x + at + i * stride<F>());
      store<F>(y + at + i * stride<F>(), <F>sum);
    }
    if (sum != sum) nan |= 1 << l;
  }
  return nan << 4;
}
