import { halves, stride } from './lanes';

/** Puts the samples at `a` and `b` of all lanes in order. */
function exchange<T>(a: usize, b: usize): void {
  if (ASC_FEATURE_SIMD) {
    for (let h: usize = 0; h < <usize>halves<T>(); h++) {
      const low = v128.load(a + h * 16);
      const high = v128.load(b + h * 16);
      v128.store(a + h * 16, v128.pmin<T>(low, high));
      v128.store(b + h * 16, v128.pmax<T>(high, low));
    }
    return;
  }
  for (let l: usize = 0; l < stride<T>(); l += sizeof<T>()) {
    const low = load<T>(a + l);
    const high = load<T>(b + l);
    if (high < low) {
      store<T>(a + l, high);
      store<T>(b + l, low);
    }
  }
}

/** Exchanges samples that are `distance` apart, in every other stretch of `length` samples from `first` on. */
function exchangeStretches<T>(n: i32, x: usize, first: i32, length: i32, distance: i32): void {
  for (let from = first; from + distance < n; from += 2 * length) {
    const end = x + <usize>min(from + length, n - distance) * stride<T>();
    const apart = <usize>distance * stride<T>();
    for (let at = x + <usize>from * stride<T>(); at < end; at += stride<T>()) exchange<T>(at, at + apart);
  }
}

/**
 * Sorts all lanes at once in place; there must be no NaN. What is compared does not depend on the samples: merge
 * exchange of Batcher (Knuth, The Art of Computer Programming 3, algorithm 5.2.2 M).
 */
export function sortLanes<T>(n: i32, x: usize): void {
  let top = 1;
  while (2 * top < n) top *= 2;
  if (n < 2) return;
  for (let p = top; p > 0; p >>= 1) {
    exchangeStretches<T>(n, x, 0, p, p);
    for (let q = top; q != p; q >>= 1) exchangeStretches<T>(n, x, p, p, q - p);
  }
}
