const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Shortest and longest rest between two looks at the device, ms. */
const shortestMs = 0.05;
const longestMs = 1;

/**
 * Waits until a look succeeds, at most until a time (performance.now). Eager: looks without rest. Sparing: rests
 * between looks for half a percent of the time waited so far, so that the rests cost at most that much live time.
 */
export function lookUntil(
  look: () => boolean,
  untilMs: number,
  waitingSinceMs: number,
  eager: boolean,
): boolean {
  for (;;) {
    if (look()) return true;
    const now = performance.now();
    if (now >= untilMs) return false;
    if (!eager)
      Atomics.wait(sleeper, 0, 0, Math.min(longestMs, Math.max(shortestMs, (now - waitingSinceMs) / 200)));
  }
}
