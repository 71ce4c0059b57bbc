import { span, swapped, times, timesConjugate, timesI, WEIGHT } from './complex-lanes';
import { halves, stride } from './lanes';

/**
 * Fourier transforms over lanes, in place, of lengths 2^k and 3 * 2^k. `forward` splits from the front (decimation in
 * frequency) and leaves the frequencies in the order in which it meets them; `backward` takes that order and undoes it,
 * up to the factor n. A convolution needs no other order, so nothing is ever sorted. The weights lie one pass behind
 * the other, see src/plans/fourier-plan.ts.
 */

/** One pass of radix 3 over all n samples. */
function forwardThree<T>(n: i32, data: usize, weights: usize): void {
  const part = span<T>(n / 3);
  const half = v128.splat<T>(<T>0.5);
  const root = v128.splat<T>(<T>0.8660254037844386);
  const end = data + part;
  for (; data < end; data += stride<T>()) {
    const a = v128.load(data);
    const b = v128.load(data + part);
    const c = v128.load(data + 2 * part);
    const sum = v128.add<T>(b, c);
    const turned = timesI<T>(v128.mul<T>(v128.sub<T>(b, c), root));
    const rest = v128.sub<T>(a, v128.mul<T>(sum, half));
    v128.store(data, v128.add<T>(a, sum));
    v128.store(data + part, times<T>(v128.sub<T>(rest, turned), weights));
    v128.store(data + 2 * part, times<T>(v128.add<T>(rest, turned), weights + WEIGHT * sizeof<T>()));
    weights += 2 * WEIGHT * sizeof<T>();
  }
}

function backwardThree<T>(n: i32, data: usize, weights: usize): void {
  const part = span<T>(n / 3);
  const half = v128.splat<T>(<T>0.5);
  const root = v128.splat<T>(<T>0.8660254037844386);
  const end = data + part;
  for (; data < end; data += stride<T>()) {
    const a = v128.load(data);
    const b = timesConjugate<T>(v128.load(data + part), weights);
    const c = timesConjugate<T>(v128.load(data + 2 * part), weights + WEIGHT * sizeof<T>());
    const sum = v128.add<T>(b, c);
    const turned = timesI<T>(v128.mul<T>(v128.sub<T>(b, c), root));
    const rest = v128.sub<T>(a, v128.mul<T>(sum, half));
    v128.store(data, v128.add<T>(a, sum));
    v128.store(data + part, v128.add<T>(rest, turned));
    v128.store(data + 2 * part, v128.sub<T>(rest, turned));
    weights += 2 * WEIGHT * sizeof<T>();
  }
}

/** One pass of radix 4 over blocks of `size` samples, `size` at least 8. */
function forwardFour<T>(n: i32, size: i32, data: usize, table: usize): void {
  const part = span<T>(size / 4);
  const end = data + span<T>(n);
  const one = WEIGHT * sizeof<T>();
  while (data < end) {
    let weights = table;
    const stop = data + part;
    for (; data < stop; data += stride<T>()) {
      const a = v128.load(data);
      const b = v128.load(data + part);
      const c = v128.load(data + 2 * part);
      const d = v128.load(data + 3 * part);
      const t0 = v128.add<T>(a, c);
      const t1 = v128.sub<T>(a, c);
      const t2 = v128.add<T>(b, d);
      const t3 = timesI<T>(v128.sub<T>(b, d));
      v128.store(data, v128.add<T>(t0, t2));
      v128.store(data + part, times<T>(v128.sub<T>(t1, t3), weights));
      v128.store(data + 2 * part, times<T>(v128.sub<T>(t0, t2), weights + one));
      v128.store(data + 3 * part, times<T>(v128.add<T>(t1, t3), weights + 2 * one));
      weights += 3 * one;
    }
    data += 3 * part;
  }
}

function backwardFour<T>(n: i32, size: i32, data: usize, table: usize): void {
  const part = span<T>(size / 4);
  const end = data + span<T>(n);
  const one = WEIGHT * sizeof<T>();
  while (data < end) {
    let weights = table;
    const stop = data + part;
    for (; data < stop; data += stride<T>()) {
      const a = v128.load(data);
      const b = timesConjugate<T>(v128.load(data + part), weights);
      const c = timesConjugate<T>(v128.load(data + 2 * part), weights + one);
      const d = timesConjugate<T>(v128.load(data + 3 * part), weights + 2 * one);
      const t0 = v128.add<T>(a, c);
      const t1 = v128.sub<T>(a, c);
      const t2 = v128.add<T>(b, d);
      const t3 = timesI<T>(v128.sub<T>(b, d));
      v128.store(data, v128.add<T>(t0, t2));
      v128.store(data + part, v128.add<T>(t1, t3));
      v128.store(data + 2 * part, v128.sub<T>(t0, t2));
      v128.store(data + 3 * part, v128.sub<T>(t1, t3));
      weights += 3 * one;
    }
    data += 3 * part;
  }
}

/** The last pass, over groups of 4 (or of 2 when `size` is 2), without weights. */
function forwardLast<T>(n: i32, size: i32, data: usize): void {
  const end = data + span<T>(n);
  const step = stride<T>();
  for (; data < end; data += <usize>size * step) {
    const a = v128.load(data);
    const b = v128.load(data + step);
    if (size == 2) {
      v128.store(data, v128.add<T>(a, b));
      v128.store(data + step, v128.sub<T>(a, b));
    } else {
      const c = v128.load(data + 2 * step);
      const d = v128.load(data + 3 * step);
      const t0 = v128.add<T>(a, c);
      const t1 = v128.sub<T>(a, c);
      const t2 = v128.add<T>(b, d);
      const t3 = timesI<T>(v128.sub<T>(b, d));
      v128.store(data, v128.add<T>(t0, t2));
      v128.store(data + step, v128.sub<T>(t1, t3));
      v128.store(data + 2 * step, v128.sub<T>(t0, t2));
      v128.store(data + 3 * step, v128.add<T>(t1, t3));
    }
  }
}

/** The first pass backward, over groups of 4 (or of 2 when `size` is 2), without weights. */
function backwardFirst<T>(n: i32, size: i32, data: usize): void {
  if (size == 2) {
    forwardLast<T>(n, 2, data);
    return;
  }
  const end = data + span<T>(n);
  const step = stride<T>();
  for (; data < end; data += 4 * step) {
    const a = v128.load(data);
    const b = v128.load(data + step);
    const c = v128.load(data + 2 * step);
    const d = v128.load(data + 3 * step);
    const t0 = v128.add<T>(a, c);
    const t1 = v128.sub<T>(a, c);
    const t2 = v128.add<T>(b, d);
    const t3 = timesI<T>(v128.sub<T>(b, d));
    v128.store(data, v128.add<T>(t0, t2));
    v128.store(data + step, v128.add<T>(t1, t3));
    v128.store(data + 2 * step, v128.sub<T>(t0, t2));
    v128.store(data + 3 * step, v128.sub<T>(t1, t3));
  }
}

/** The last pass forward, the product with a spectrum, and the first pass backward: in registers. */
function multiplyFour<T>(n: i32, data: usize, spectrum: usize): void {
  const end = data + span<T>(n);
  const step = stride<T>();
  const one = WEIGHT * sizeof<T>();
  for (; data < end; data += 4 * step) {
    const a = v128.load(data);
    const b = v128.load(data + step);
    const c = v128.load(data + 2 * step);
    const d = v128.load(data + 3 * step);
    const t0 = v128.add<T>(a, c);
    const t1 = v128.sub<T>(a, c);
    const t2 = v128.add<T>(b, d);
    const t3 = timesI<T>(v128.sub<T>(b, d));
    const e = times<T>(v128.add<T>(t0, t2), spectrum);
    const f = times<T>(v128.sub<T>(t1, t3), spectrum + one);
    const g = times<T>(v128.sub<T>(t0, t2), spectrum + 2 * one);
    const h = times<T>(v128.add<T>(t1, t3), spectrum + 3 * one);
    const u0 = v128.add<T>(e, g);
    const u1 = v128.sub<T>(e, g);
    const u2 = v128.add<T>(f, h);
    const u3 = timesI<T>(v128.sub<T>(f, h));
    v128.store(data, v128.add<T>(u0, u2));
    v128.store(data + step, v128.add<T>(u1, u3));
    v128.store(data + 2 * step, v128.sub<T>(u0, u2));
    v128.store(data + 3 * step, v128.sub<T>(u1, u3));
    spectrum += 4 * one;
  }
}

function multiplyTwo<T>(n: i32, data: usize, spectrum: usize): void {
  const end = data + span<T>(n);
  const step = stride<T>();
  const one = WEIGHT * sizeof<T>();
  for (; data < end; data += 2 * step) {
    const a = v128.load(data);
    const b = v128.load(data + step);
    const e = times<T>(v128.add<T>(a, b), spectrum);
    const f = times<T>(v128.sub<T>(a, b), spectrum + one);
    v128.store(data, v128.add<T>(e, f));
    v128.store(data + step, v128.sub<T>(e, f));
    spectrum += 2 * one;
  }
}

/** Passes of radix 3 and 4 forward; what is left is a last pass of the size that comes back (2 or 4). */
function descend<T>(n: i32, data: usize, weights: usize): i32 {
  let size = n;
  if (n % 3 == 0) {
    forwardThree<T>(n, data, weights);
    size = n / 3;
    weights += <usize>(2 * size) * WEIGHT * sizeof<T>();
  }
  for (; size > 4; size /= 4) {
    forwardFour<T>(n, size, data, weights);
    weights += <usize>(size / 4) * 3 * WEIGHT * sizeof<T>();
  }
  return size;
}

/** The same passes backward. `weights` points behind the table. */
function ascend<T>(n: i32, last: i32, data: usize, weights: usize): void {
  const outer = n % 3 == 0 ? n / 3 : n;
  for (let size = last * 4; size <= outer; size *= 4) {
    weights -= <usize>(size / 4) * 3 * WEIGHT * sizeof<T>();
    backwardFour<T>(n, size, data, weights);
  }
  if (n % 3 == 0) backwardThree<T>(n, data, weights - <usize>(2 * outer) * WEIGHT * sizeof<T>());
}

/** Transforms n samples of a tile. */
export function forward<T>(n: i32, data: usize, weights: usize): void {
  for (let h = 0; h < halves<T>(); h++) {
    const at = data + <usize>h * 16;
    forwardLast<T>(n, descend<T>(n, at, weights), at);
  }
}

/** Takes the frequencies of a tile in the order of `forward` back to n samples, times n. `end` is behind the weights. */
export function backward<T>(n: i32, data: usize, end: usize): void {
  let last = n % 3 == 0 ? n / 3 : n;
  while (last > 4) last /= 4;
  for (let h = 0; h < halves<T>(); h++) {
    const at = data + <usize>h * 16;
    backwardFirst<T>(n, last, at);
    ascend<T>(n, last, at, end);
  }
}

/** Circular convolution in place: transforms, multiplies by a spectrum in the order of `forward`, transforms back. */
export function convolveCircular<T>(n: i32, data: usize, weights: usize, end: usize, spectrum: usize): void {
  for (let h = 0; h < halves<T>(); h++) {
    const at = data + <usize>h * 16;
    const last = descend<T>(n, at, weights);
    if (last == 2) multiplyTwo<T>(n, at, spectrum);
    else multiplyFour<T>(n, at, spectrum);
    ascend<T>(n, last, at, end);
  }
}

/** |X|^2 of both waveforms of a pair from frequencies k and n - k of their common transform, times 4. */
export function pairPower<T>(here: v128, there: v128): v128 {
  const sum = v128.add<T>(here, there);
  const difference = v128.sub<T>(here, there);
  return v128.add<T>(v128.mul<T>(sum, sum), swapped<T>(v128.mul<T>(difference, difference)));
}
