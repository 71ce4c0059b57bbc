import { halves, LANES, laneBits, stride } from './lanes';
import { nanLanes } from './subtract';

/** Result `place` of the full convolution of one lane, from the samples that there are. */
function sumAt<T>(n: i32, m: i32, place: i32, x: usize, kernel: usize): f64 {
  const to = min(m - 1, place);
  let sum = 0.0;
  for (let k = max(0, place - n + 1); k <= to; k++) {
    const sample = <f64>load<T>(x + <usize>(place - k) * stride<T>());
    sum += <f64>load<T>(kernel + <usize>k * stride<T>()) * sample;
  }
  return sum;
}

/** p results of one lane from place `start` of the full convolution on; true when one of them is NaN. */
export function convolveLane<T>(n: i32, m: i32, p: i32, start: i32, x: usize, kernel: usize, y: usize): bool {
  let bad = false;
  for (let j = 0; j < p; j++) {
    const sum = sumAt<T>(n, m, j + start, x, kernel);
    store<T>(y + <usize>j * stride<T>(), <T>sum);
    bad = bad || sum != sum;
  }
  return bad;
}

/** One result of all lanes: weights [from, to], the sample of weight 0 at `x`. */
export function oneVector<T>(from: i32, to: i32, x: usize, kernel: usize): v128 {
  let sum = v128.splat<T>(<T>0);
  for (let k = from; k <= to; k++) {
    const at = <usize>k * stride<T>();
    sum = v128.add<T>(sum, v128.mul<T>(v128.load(kernel + at), v128.load(x - at)));
  }
  return sum;
}

function isNan<T>(v: v128): v128 {
  return v128.ne<T>(v, v);
}

/** True when the weights of a vector of lanes read the same from both ends. */
function isSymmetric<T>(m: i32, kernel: usize): bool {
  let first = kernel;
  let last = kernel + <usize>(m - 1) * stride<T>();
  for (; first < last; first += stride<T>()) {
    if (v128.any_true(v128.ne<T>(v128.load(first), v128.load(last)))) return false;
    last -= stride<T>();
  }
  return true;
}

/** The share of a weight that meets two samples. */
function pair<T>(sum: v128, weight: v128, a: v128, b: v128): v128 {
  return v128.add<T>(sum, v128.mul<T>(weight, v128.add<T>(a, b)));
}

/**
 * Adds the shares of four weights, the nearest to the middle last in memory, to `count` results. `ahead`: the sample before
 * those that the nearest weight meets on this side; `back`: the one that the furthest meets on the other. F: an array when
 * these are the first weights; the middle one stands behind them, and what is in `y` does not count.
 */
function addFour<T, F>(count: i32, ahead: usize, back: usize, weights: usize, y: usize): v128 {
  const w4 = v128.load(weights);
  const w3 = v128.load(weights, 4 * sizeof<T>());
  const w2 = v128.load(weights, 8 * sizeof<T>());
  const w1 = v128.load(weights, 12 * sizeof<T>());
  const w0 = isReference<F>() ? v128.load(weights, 16 * sizeof<T>()) : w1;
  let total = v128.splat<T>(<T>0);
  for (const end = y + <usize>count * stride<T>(); y < end; y += stride<T>()) {
    let sum = isReference<F>() ? v128.mul<T>(w0, v128.load(ahead)) : v128.load(y);
    sum = pair<T>(sum, w1, v128.load(ahead, 4 * sizeof<T>()), v128.load(back, 12 * sizeof<T>()));
    sum = pair<T>(sum, w2, v128.load(ahead, 8 * sizeof<T>()), v128.load(back, 8 * sizeof<T>()));
    sum = pair<T>(sum, w3, v128.load(ahead, 12 * sizeof<T>()), v128.load(back, 4 * sizeof<T>()));
    sum = pair<T>(sum, w4, v128.load(ahead, 16 * sizeof<T>()), v128.load(back));
    v128.store(y, sum);
    total = v128.add<T>(total, sum);
    ahead += stride<T>();
    back += stride<T>();
  }
  return total;
}

/** Adds the share of one weight, or of the middle one (F as above). */
function addOne<T, F>(count: i32, ahead: usize, back: usize, weights: usize, y: usize): v128 {
  const weight = v128.load(weights);
  let total = v128.splat<T>(<T>0);
  for (const end = y + <usize>count * stride<T>(); y < end; y += stride<T>()) {
    const sum = isReference<F>()
      ? v128.mul<T>(weight, v128.load(ahead))
      : pair<T>(v128.load(y), weight, v128.load(ahead), v128.load(back));
    v128.store(y, sum);
    total = v128.add<T>(total, sum);
    ahead += stride<T>();
    back += stride<T>();
  }
  return total;
}

/**
 * Symmetric weights: the two samples that a weight meets are added first. Four weights stay in registers for one pass through the
 * results.
 */
function convolveSymmetric<T>(m: i32, count: i32, x: usize, kernel: usize, y: usize): v128 {
  const step = stride<T>();
  const middle = kernel + <usize>(m / 2) * step;
  const ahead = x - <usize>(m / 2) * step;
  let total: v128;
  let far: usize = 0;
  if (middle - kernel < 4 * step) {
    total = addOne<T, StaticArray<T>>(count, ahead, ahead, middle, y);
  } else {
    far = 4 * step;
    total = addFour<T, StaticArray<T>>(count, ahead, ahead - far, middle - far, y);
  }
  while (far + 4 * step <= middle - kernel) {
    far += 4 * step;
    total = addFour<T, T>(count, ahead + far - 4 * step, ahead - far, middle - far, y);
  }
  while (far < middle - kernel) {
    far += step;
    total = addOne<T, T>(count, ahead + far, ahead - far, middle - far, y);
  }
  return isNan<T>(total);
}

/**
 * Results whose weights all meet samples: eight at a time, so that a weight is loaded once for all of them. What comes back
 * is set in lanes that may hold a NaN: infinite results of both signs can bring it about too.
 */
export function convolveInside<T>(m: i32, count: i32, x: usize, kernel: usize, y: usize): v128 {
  if ((m & 1) != 0 && isSymmetric<T>(m, kernel)) return convolveSymmetric<T>(m, count, x, kernel, y);
  let bad = i32x4.splat(0);
  const step = stride<T>();
  let j = 0;
  for (; j + 8 <= count; j += 8) {
    let s0 = v128.splat<T>(<T>0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    let p = x;
    let q = kernel;
    for (let k = 0; k < m; k++) {
      const weight = v128.load(q);
      s0 = v128.add<T>(s0, v128.mul<T>(weight, v128.load(p)));
      s1 = v128.add<T>(s1, v128.mul<T>(weight, v128.load(p + step)));
      s2 = v128.add<T>(s2, v128.mul<T>(weight, v128.load(p + 2 * step)));
      s3 = v128.add<T>(s3, v128.mul<T>(weight, v128.load(p + 3 * step)));
      s4 = v128.add<T>(s4, v128.mul<T>(weight, v128.load(p + 4 * step)));
      s5 = v128.add<T>(s5, v128.mul<T>(weight, v128.load(p + 5 * step)));
      s6 = v128.add<T>(s6, v128.mul<T>(weight, v128.load(p + 6 * step)));
      s7 = v128.add<T>(s7, v128.mul<T>(weight, v128.load(p + 7 * step)));
      p -= step;
      q += step;
    }
    v128.store(y, s0);
    v128.store(y + step, s1);
    v128.store(y + 2 * step, s2);
    v128.store(y + 3 * step, s3);
    v128.store(y + 4 * step, s4);
    v128.store(y + 5 * step, s5);
    v128.store(y + 6 * step, s6);
    v128.store(y + 7 * step, s7);
    bad = v128.or(bad, v128.or(v128.or(isNan<T>(s0), isNan<T>(s1)), v128.or(isNan<T>(s2), isNan<T>(s3))));
    bad = v128.or(bad, v128.or(v128.or(isNan<T>(s4), isNan<T>(s5)), v128.or(isNan<T>(s6), isNan<T>(s7))));
    x += 8 * step;
    y += 8 * step;
  }
  for (; j < count; j++) {
    const sum = oneVector<T>(0, m - 1, x, kernel);
    v128.store(y, sum);
    bad = v128.or(bad, v128.ne<T>(sum, sum));
    x += step;
    y += step;
  }
  return bad;
}

/** p results of all lanes from place `start` of the full convolution on; bits of the lanes with a NaN among them. */
export function convolveVectors<T>(
  n: i32,
  m: i32,
  p: i32,
  start: i32,
  x: usize,
  kernel: usize,
  y: usize,
): i32 {
  let nan = 0;
  const first = min(max(m - 1 - start, 0), p);
  const last = max(min(n - start, p), first);
  for (let h = 0; h < halves<T>(); h++) {
    const half = <usize>h * 16;
    let bad = i32x4.splat(0);
    for (let j = 0; j < p; j++) {
      if (j == first && last > first) {
        const from = x + half + <usize>(j + start) * stride<T>();
        bad = v128.or(
          bad,
          convolveInside<T>(m, last - first, from, kernel + half, y + half + <usize>j * stride<T>()),
        );
        j = last - 1;
        continue;
      }
      const place = j + start;
      const sum = oneVector<T>(
        max(0, place - n + 1),
        min(m - 1, place),
        x + half + <usize>place * stride<T>(),
        kernel + half,
      );
      v128.store(y + half + <usize>j * stride<T>(), sum);
      bad = v128.or(bad, v128.ne<T>(sum, sum));
    }
    nan |= laneBits<T>(bad, h);
  }
  return nan == 0 ? 0 : nanLanes<T>(p, y);
}

/** Lanes of these bits once more, by sums; the bits of those whose results are not all numbers. */
export function convolveAgain<T>(
  bits: i32,
  n: i32,
  m: i32,
  p: i32,
  start: i32,
  x: usize,
  kernel: usize,
  y: usize,
): i32 {
  let nan = 0;
  for (let l = 0; l < LANES; l++) {
    if ((bits & (1 << l)) == 0) continue;
    const at = <usize>l * sizeof<T>();
    if (convolveLane<T>(n, m, p, start, x + at, kernel + at, y + at)) nan |= 1 << l;
  }
  return nan;
}
