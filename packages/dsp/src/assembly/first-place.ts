import { stride } from './lanes';

/** Samples whose extremes are found first, before anybody asks where they are. */
export const BLOCK: i32 = 16;

/** First place from `start` (a multiple of BLOCK) at which the lane has the value. */
export function firstPlace<T>(n: i32, x: usize, start: i32, value: T): i32 {
  for (let i = start; i < n; i++) {
    if (load<T>(x + <usize>i * stride<T>()) == value) return i;
  }
  return start;
}

/** The larger or the smaller one, lane by lane. */
export function better<T>(isLargest: bool, a: v128, b: v128): v128 {
  return isLargest ? v128.pmax<T>(a, b) : v128.pmin<T>(a, b);
}
