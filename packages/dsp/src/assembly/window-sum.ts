import { stride } from './lanes';

/** Sum of the samples [from, to) of one lane in double: four sums, none of which waits for another. */
export function sumBetween<T>(x: usize, from: i32, to: i32): f64 {
  let p = x + <usize>from * stride<T>();
  const end = x + <usize>to * stride<T>();
  let a = 0.0;
  let b = 0.0;
  let c = 0.0;
  let d = 0.0;
  for (; p + 3 * stride<T>() < end; p += 4 * stride<T>()) {
    a += <f64>load<T>(p);
    b += <f64>load<T>(p + stride<T>());
    c += <f64>load<T>(p + 2 * stride<T>());
    d += <f64>load<T>(p + 3 * stride<T>());
  }
  for (; p < end; p += stride<T>()) a += <f64>load<T>(p);
  return a + b + (c + d);
}
