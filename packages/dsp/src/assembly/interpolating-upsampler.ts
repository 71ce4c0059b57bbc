import { halves, status, stride } from './lanes';
import { cubic } from './upsample-cubic';

const ZEROS: i32 = 0x69; // i
const NEAREST: i32 = 0x6e; // n
const FLOOR: i32 = 0x66; // f
const CEIL: i32 = 0x63; // c
const LINEAR: i32 = 0x6c; // l
const HERMITE: i32 = 0x68; // h

/** Copies one sample of all lanes. */
function copySample<T>(from: usize, to: usize): void {
  if (ASC_FEATURE_SIMD) {
    v128.store(to, v128.load(from));
    if (sizeof<T>() == 8) v128.store(to, v128.load(from, 16), 16);
  } else {
    for (let at: usize = 0; at < stride<T>(); at += sizeof<T>()) store<T>(to + at, load<T>(from + at));
  }
}

/** Sample i owns the outputs up to a limit; the last one all that are left. */
function owned<T>(n: i32, m: i32, x: usize, mode: i32, y: usize): void {
  const ratio = <f64>m / <f64>n;
  let j = 0;
  for (let i = 0; i < n; i++) {
    let limit = 0.0;
    if (mode == NEAREST) limit = Math.ceil(ratio * (<f64>i + 0.5));
    else if (mode == FLOOR) limit = Math.ceil(ratio * <f64>(i + 1));
    else limit = Math.floor(ratio * <f64>i) + 1;
    const end = i == n - 1 ? m : min(<i32>limit, m);
    for (; j < end; j++) copySample<T>(x + <usize>i * stride<T>(), y + <usize>j * stride<T>());
  }
}

/** Straight lines of r results each, from one sample to the next; the last r are the last sample. */
function lines<T>(n: i32, r: i32, x: usize, y: usize): void {
  const step = <T>(<T>1 / <T>r);
  for (let h = 0; h < halves<T>(); h++) {
    let p = x + <usize>h * 16;
    let q = y + <usize>h * 16;
    for (let i = 1; i < n; i++) {
      const left = v128.load(p);
      const slope = v128.mul<T>(v128.sub<T>(v128.load(p + stride<T>()), left), v128.splat<T>(step));
      for (let k = 0; k < r; k++) {
        v128.store(q, v128.add<T>(left, v128.mul<T>(slope, v128.splat<T>(<T>k))));
        q += stride<T>();
      }
      p += stride<T>();
    }
    const last = v128.load(p);
    for (let k = 0; k < r; k++) {
      v128.store(q, last);
      q += stride<T>();
    }
  }
}

function linear<T>(n: i32, m: i32, x: usize, y: usize): void {
  if (ASC_FEATURE_SIMD && m % n == 0) {
    lines<T>(n, m / n, x, y);
    return;
  }
  const ratio = <f64>m / <f64>n;
  for (let j = 0; j < m; j++) {
    const place = <f64>j / ratio;
    const i = min(<i32>Math.floor(place), n - 2);
    const u = place - <f64>i;
    const to = y + <usize>j * stride<T>();
    if (u >= 1) {
      copySample<T>(x + <usize>(n - 1) * stride<T>(), to);
    } else if (ASC_FEATURE_SIMD) {
      const a = v128.splat<T>(<T>(1 - u));
      const b = v128.splat<T>(<T>u);
      const from = x + <usize>i * stride<T>();
      for (let at: usize = 0; at < stride<T>(); at += 16) {
        const left = v128.mul<T>(a, v128.load(from + at));
        v128.store(to + at, v128.add<T>(left, v128.mul<T>(b, v128.load(from + stride<T>() + at))));
      }
    } else {
      const from = x + <usize>i * stride<T>();
      for (let at: usize = 0; at < stride<T>(); at += sizeof<T>()) {
        const left = (1 - u) * <f64>load<T>(from + at);
        store<T>(to + at, <T>(left + u * <f64>load<T>(from + stride<T>() + at)));
      }
    }
  }
}

/** Each sample, then zeros up to the place of the next one. */
function zeros<T>(n: i32, m: i32, x: usize, y: usize): void {
  const end = x + <usize>n * stride<T>();
  const bytes = <usize>(m / n) * stride<T>();
  for (let at: usize = 0; at < stride<T>(); at += ASC_FEATURE_SIMD ? 16 : sizeof<T>()) {
    let to = y + at;
    for (let p = x + at; p < end; p += stride<T>()) {
      const next = to + bytes;
      if (ASC_FEATURE_SIMD) {
        for (let value = v128.load(p); to < next; to += stride<T>()) {
          v128.store(to, value);
          value = v128.splat<T>(<T>0);
        }
      } else {
        for (let value = load<T>(p); to < next; to += stride<T>()) {
          store<T>(to, value);
          value = 0;
        }
      }
    }
  }
}

/** n samples at m places; one mode for all lanes. */
export function interpolating_upsampler<F>(
  n: i32,
  m: i32,
  x: usize,
  mode: usize,
  y: usize,
  scratch: usize,
): i32 {
  const letter = <i32>load<i8>(mode);
  if (letter == ZEROS) zeros<F>(n, m, x, y);
  else if (letter == NEAREST || letter == FLOOR || letter == CEIL) owned<F>(n, m, x, letter, y);
  else if (n < 2 && letter == LINEAR) owned<F>(n, m, x, FLOOR, y);
  else if (letter == LINEAR) linear<F>(n, m, x, y);
  else if (n < 2) {
    for (let at: usize = 0; at < <usize>m * stride<F>(); at += sizeof<F>()) store<F>(y + at, <F>NaN);
    return status(0, 15, 0);
  } else cubic<F>(n, m, x, letter != HERMITE, y, scratch);
  return 0;
}
