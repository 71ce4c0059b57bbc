import { countAll } from './histogram-counts';
import { LANES, stride } from './lanes';

/** Widest range of whole numbers that are counted one by one (the specification reserves memory for them). */
const MOST_VALUES: i32 = 1024;

function areWhole<T>(n: i32, x: usize): bool {
  const end = x + <usize>n * stride<T>();
  if (ASC_FEATURE_SIMD) {
    let broken = i32x4.splat(0);
    for (; x < end; x += 16) {
      const value = v128.load(x);
      broken = v128.or(broken, v128.ne<T>(v128.nearest<T>(value), value));
    }
    return !v128.any_true(broken);
  }
  for (; x < end; x += sizeof<T>()) if (nearest<T>(load<T>(x)) != load<T>(x)) return false;
  return true;
}

/**
 * Counts every value of waveforms of whole numbers between `low` and `high`, so that several histograms can be made of
 * them. The number of values; 0 when there are other numbers, or too many for this to be worth while. `values`: rows
 * of counts; `spare`: 96 bytes.
 */
export function countValues<T>(n: i32, x: usize, low: usize, high: usize, values: usize, spare: usize): i32 {
  let widest = 0.0;
  for (let at: usize = 0; at < 32; at += 8) {
    const width = load<f64>(high + at) - load<f64>(low + at);
    if (!(width < <f64>min(MOST_VALUES, n / 4))) return 0;
    widest = Math.max(widest, width);
    store<f64>(spare + at, load<f64>(low + at) - 0.5);
    store<f64>(spare + at, 1, 32);
    store<f64>(spare + at, NaN, 64);
  }
  if (!areWhole<T>(n, x)) return 0;
  const count = <i32>widest + 1;
  countAll<T>(n, count, x, spare, spare + 32, spare + 64, values, spare + 96);
  return count;
}

/** What countAll would count, from the counts of single values of which the first is `first` (four doubles). */
export function countAgain(
  rows: i32,
  first: usize,
  values: usize,
  m: i32,
  low: usize,
  width: usize,
  except: usize,
  counts: usize,
): void {
  memory.fill(counts, 0, <usize>(m + 1) * 16);
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const start = load<f64>(first + l * 8);
    const edge = load<f64>(low + l * 8);
    const step = load<f64>(width + l * 8);
    const none = load<f64>(except + l * 8);
    for (let i = 0; i < rows; i++) {
      const count = load<i32>(values + <usize>i * 16 + l * 4);
      if (count == 0) continue;
      const value = start + <f64>i;
      const bin = Math.floor((value - edge) / step);
      if (value == none || !(bin >= 0 && bin < <f64>m)) continue;
      const at = counts + ((<usize>bin) << 4) + l * 4;
      store<i32>(at, load<i32>(at) + count);
    }
  }
}
