import { halves, laneBits, stride } from './lanes';

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

/** True when the weights of all lanes read the same from both ends. */
function isSymmetric<T>(m: i32, kernel: usize): bool {
  const last = kernel + <usize>(m - 1) * stride<T>();
  for (let at: usize = 0; at < <usize>(m / 2) * stride<T>(); at += stride<T>()) {
    for (let own: usize = 0; own < stride<T>(); own += sizeof<T>())
      if (load<T>(kernel + at + own) != load<T>(last - at + own)) return false;
  }
  return true;
}

/** Four results of symmetric weights at a time: the two samples that a weight meets are added first. */
function convolveSymmetric<T>(m: i32, count: i32, x: usize, kernel: usize, y: usize): v128 {
  let bad = i32x4.splat(0);
  const step = stride<T>();
  for (let j = 0; j + 4 <= count; j += 4) {
    let q = kernel + <usize>(m / 2) * step;
    let p = x - <usize>(m / 2) * step;
    const middle = v128.load(q);
    let s0 = v128.mul<T>(middle, v128.load(p));
    let s1 = v128.mul<T>(middle, v128.load(p + step));
    let s2 = v128.mul<T>(middle, v128.load(p + 2 * step));
    let s3 = v128.mul<T>(middle, v128.load(p + 3 * step));
    let r = p;
    while (q > kernel) {
      q -= step;
      p += step;
      r -= step;
      const weight = v128.load(q);
      s0 = v128.add<T>(s0, v128.mul<T>(weight, v128.add<T>(v128.load(p), v128.load(r))));
      s1 = v128.add<T>(s1, v128.mul<T>(weight, v128.add<T>(v128.load(p + step), v128.load(r + step))));
      s2 = v128.add<T>(
        s2,
        v128.mul<T>(weight, v128.add<T>(v128.load(p + 2 * step), v128.load(r + 2 * step))),
      );
      s3 = v128.add<T>(
        s3,
        v128.mul<T>(weight, v128.add<T>(v128.load(p + 3 * step), v128.load(r + 3 * step))),
      );
    }
    v128.store(y, s0);
    v128.store(y + step, s1);
    v128.store(y + 2 * step, s2);
    v128.store(y + 3 * step, s3);
    bad = v128.or(bad, v128.or(v128.or(isNan<T>(s0), isNan<T>(s1)), v128.or(isNan<T>(s2), isNan<T>(s3))));
    x += 4 * step;
    y += 4 * step;
  }
  return bad;
}

/** Results whose weights all meet samples: eight at a time, so that a weight is loaded once for all of them. */
export function convolveInside<T>(m: i32, count: i32, x: usize, kernel: usize, y: usize): v128 {
  let bad = i32x4.splat(0);
  const step = stride<T>();
  let j = 0;
  if ((m & 1) != 0 && isSymmetric<T>(m, kernel)) {
    bad = convolveSymmetric<T>(m, count, x, kernel, y);
    j = count & ~3;
    x += <usize>j * step;
    y += <usize>j * step;
  }
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
  return nan;
}
