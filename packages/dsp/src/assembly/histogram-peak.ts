import { argmax } from './extreme-place';
import { LANES, status, stride } from './lanes';

/** One number of a lane's list, as a double. */
function at<T>(list: usize, i: i32): f64 {
  return <f64>load<T>(list + <usize>i * stride<T>());
}

/** The first fullest bins of all lanes, or the first that is NaN. */
const FULLEST = memory.data(32, 16);

/** The bin of n that holds a value; the first or last one when it lies outside. */
function binOf<T>(n: i32, edges: usize, value: f64): i32 {
  let bin = 0;
  while (bin < n - 1 && at<T>(edges, bin + 1) <= value) bin++;
  return bin;
}

/** Distance from the middle of the peak to where, walking one way, the weight has fallen to half. */
function halfWidth<T>(
  n: i32,
  weights: usize,
  edges: usize,
  peak: i32,
  middle: f64,
  skipsEmpty: bool,
  step: i32,
): f64 {
  const half = at<T>(weights, peak) / 2;
  const near = step > 0 ? 0 : 1;
  for (let bin = peak; bin >= 0 && bin < n; bin += step) {
    const weight = at<T>(weights, bin);
    if (skipsEmpty && weight == 0) continue;
    if (weight <= half) return Math.abs(middle - at<T>(edges, bin + near));
  }
  return Math.abs(middle - at<T>(edges, step > 0 ? n : 0));
}

/** What one lane's peak has for a width. `type`: 0 both half widths, 1 the smaller, 2 the larger, 3 left, 4 right. */
function widthOf(left: f64, right: f64, type: i32): f64 {
  if (type == 0) return left + right;
  if (type == 1) return Math.min(left, right);
  if (type == 2) return Math.max(left, right);
  return type == 3 ? left : right;
}

/** Middle and width of a peak. Fault 1: a weight is NaN. Every lane looks at its own bins, in both builds. */
export function histogram_peakstats<F>(
  n: i32,
  m: i32,
  weights: usize,
  edges: usize,
  maxIn: usize,
  skip: usize,
  type: usize,
  mode: usize,
  width: usize,
): i32 {
  let bad = 0;
  argmax<F>(n, weights, FULLEST);
  for (let l = 0; l < LANES; l++) {
    const own = <usize>l * sizeof<F>();
    const top = <i32>load<F>(FULLEST + own);
    if (isNaN(at<F>(weights + own, top))) {
      bad |= 1 << l;
      continue;
    }
    const given = <f64>load<F>(maxIn + own);
    const peak = isNaN(given) ? top : binOf<F>(n, edges + own, given);
    const middle = (at<F>(edges + own, peak) + at<F>(edges + own, peak + 1)) / 2;
    const skipsEmpty = load<i32>(skip + <usize>l * 4) != 0;
    const left = halfWidth<F>(n, weights + own, edges + own, peak, middle, skipsEmpty, -1);
    const right = halfWidth<F>(n, weights + own, edges + own, peak, middle, skipsEmpty, 1);
    store<F>(mode + own, <F>middle);
    store<F>(width + own, <F>widthOf(left, right, load<i32>(type + <usize>l * 4)));
  }
  return status(bad, 0, 1);
}

/** The bin whose left edge is nearest to a value; the last one for values behind its left edge. */
function peakNear<T>(n: i32, edges: usize, value: f64): i32 {
  if (value > at<T>(edges, n - 1)) return n - 1;
  let best = 0;
  for (let i = 1; i <= n; i++) {
    if (Math.abs(at<T>(edges, i) - value) < Math.abs(at<T>(edges, best) - value)) best = i;
  }
  return best;
}

/** Index and left edge of a peak, and the larger distance to where it has fallen to half; NaN where there is none. */
export function histogram_stats<F>(
  n: i32,
  m: i32,
  weights: usize,
  edges: usize,
  mode: usize,
  max: usize,
  fwhm: usize,
  maxIn: usize,
): i32 {
  argmax<F>(n, weights, FULLEST);
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const own = l * sizeof<F>();
    const counts = weights + own;
    const places = edges + own;
    const given = <f64>load<F>(maxIn + own);
    const top = <i32>load<F>(FULLEST + own);
    const isBad = isNaN(at<F>(counts, top));
    const peak = isBad || isNaN(given) ? top : peakNear<F>(n, places, given);
    const place = at<F>(places, peak);
    const half = peak < n ? at<F>(counts, peak) / 2 : NaN;
    let right = peak;
    while (right < n && !(at<F>(counts, right) != 0 && at<F>(counts, right) <= half)) right++;
    let left = 0;
    while (left < n && !(at<F>(counts, left) != 0 && at<F>(counts, left) >= half)) left++;
    const ahead = Math.abs(place - at<F>(places, right));
    const back = left < n ? Math.abs(place - at<F>(places, left)) : 0;
    store<F>(mode + own, isBad ? <F>NaN : <F>peak);
    store<F>(max + own, isBad ? <F>NaN : <F>place);
    store<F>(fwhm + own, isBad || right == n ? <F>NaN : <F>Math.max(ahead, back));
  }
  return 0;
}
