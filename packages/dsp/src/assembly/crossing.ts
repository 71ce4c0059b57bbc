import { stride } from './lanes';

/** Place of the crossing from `start` on in one lane, or -1. */
export function forward<T>(n: i32, x: usize, level: T, start: i32): i32 {
  for (let i = start; i < n - 1; i++) {
    const here = load<T>(x + <usize>i * stride<T>());
    const next = load<T>(x + <usize>(i + 1) * stride<T>());
    if ((here <= level && level < next) || (here >= level && level > next)) return i;
  }
  return -1;
}

/** Place of the crossing before `start` in one lane, or -1. */
export function backward<T>(x: usize, level: T, start: i32): i32 {
  for (let i = start; i > 0; i--) {
    const here = load<T>(x + <usize>i * stride<T>());
    const before = load<T>(x + <usize>(i - 1) * stride<T>());
    if ((before < level && level <= here) || (before > level && level >= here)) return i;
  }
  return -1;
}
