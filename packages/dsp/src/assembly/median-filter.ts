import { halves, LANES, status, stride, uniform } from './lanes';
import { sortLanes } from './sort-lanes';

/**
 * The samples under the window, sorted, lie in the working memory. From one place to the next, one sample leaves and one
 * enters: r is the list without the one that leaves, and number k of the new list is max(r_{k-1}, min(entering, r_k)). That
 * takes as many steps as the window is long, but the same ones for all waveforms.
 */

/** Sample i, or the first or the last one beyond the ends. */
function sampleAt<T>(n: i32, x: usize, i: i32): usize {
  return x + <usize>min(max(i, 0), n - 1) * stride<T>();
}

/** The window around sample 0, not yet sorted, of the lanes in `bytes` bytes. */
function fill<T>(n: i32, size: i32, x: usize, window: usize, bytes: usize): void {
  for (let k = 0; k < size; k++)
    memory.copy(window + <usize>k * stride<T>(), sampleAt<T>(n, x, k - (size - 1) / 2), bytes);
}

function move<T>(window: usize, last: usize, leaving: v128, entering: v128): void {
  let before = v128.splat<T>(<T>-Infinity);
  let here = v128.load(window);
  for (; window < last; window += stride<T>()) {
    const next = v128.load(window + stride<T>());
    const kept = v128.bitselect(here, next, v128.lt<T>(here, leaving));
    v128.store(window, v128.pmax<T>(before, v128.pmin<T>(entering, kept)));
    before = kept;
    here = next;
  }
  v128.store(window, v128.pmax<T>(before, entering));
}

function vectors<T>(n: i32, size: i32, x: usize, y: usize, window: usize): void {
  const half = (size - 1) / 2;
  fill<T>(n, size, x, window, stride<T>());
  sortLanes<T>(size, window);
  for (let h: usize = 0; h < <usize>halves<T>(); h++) {
    const own = window + h * 16;
    const middle = own + <usize>half * stride<T>();
    const last = own + <usize>(size - 1) * stride<T>();
    for (let i = 0; i < n; i++) {
      v128.store(y + h * 16 + <usize>i * stride<T>(), v128.load(middle));
      const leaving = v128.load(sampleAt<T>(n, x + h * 16, i - half));
      move<T>(own, last, leaving, v128.load(sampleAt<T>(n, x + h * 16, i + 1 + half)));
    }
  }
}

function moveLane<T>(window: usize, last: usize, leaving: T, entering: T): void {
  let before = <T>-Infinity;
  let here = load<T>(window);
  for (; window < last; window += stride<T>()) {
    const next = load<T>(window + stride<T>());
    const kept = here < leaving ? here : next;
    store<T>(window, max<T>(before, min<T>(entering, kept)));
    before = kept;
    here = next;
  }
  store<T>(window, max<T>(before, entering));
}

function lane<T>(n: i32, size: i32, x: usize, y: usize, window: usize): void {
  const half = (size - 1) / 2;
  const last = window + <usize>(size - 1) * stride<T>();
  fill<T>(n, 1, x, window, sizeof<T>());
  for (let k = 1; k < size; k++) {
    const entering = load<T>(sampleAt<T>(n, x, k - half));
    const end = window + <usize>k * stride<T>();
    store<T>(end, <T>Infinity);
    moveLane<T>(window, end, <T>Infinity, entering);
  }
  for (let i = 0; i < n; i++) {
    store<T>(y + <usize>i * stride<T>(), load<T>(window + <usize>half * stride<T>()));
    const leaving = load<T>(sampleAt<T>(n, x, i - half));
    moveLane<T>(window, last, leaving, load<T>(sampleAt<T>(n, x, i + 1 + half)));
  }
}

/** The length may differ from row to row: then lane by lane. */
export function median_filter<F>(n: i32, x: usize, length: usize, y: usize, scratch: usize): i32 {
  if (ASC_FEATURE_SIMD && uniform<F>(length)) {
    vectors<F>(n, <i32>load<F>(length), x, y, scratch);
    return 0;
  }
  for (let l: usize = 0; l < <usize>LANES; l++) {
    const at = l * sizeof<F>();
    const size = load<F>(length + at);
    if (size >= 1) lane<F>(n, <i32>size, x + at, y + at, scratch + at);
  }
  return status(0, 0, 0);
}
