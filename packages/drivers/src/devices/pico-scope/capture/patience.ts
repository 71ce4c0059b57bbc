const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Shortest and longest rest between two looks at the device, ms. */
const shortestMs = 0.05;
const longestMs = 1;

/** Looks that take so long together, ms, need no clock between them. */
const closeMs = 0.02;
const mostLooks = 64;

/** How a wait ended. */
export interface Waited {
  readonly ready: boolean;
  /** A time at which the device was not ready yet, ms (performance.now), the last known; undefined when the first look succeeded. */
  readonly quietMs: number | undefined;
}

/**
 * Looks at a device until it is ready, at most until a time (performance.now). Eager: looks without rest. Sparing:
 * rests between looks for half a percent of the time waited so far, so that the rests cost at most that much live time.
 * The clock is read only every 20 µs: each reading leaves garbage, and a device would often become ready while that is
 * collected.
 */
export function lookUntil(
  device: { ready(): boolean },
  untilMs: number,
  waitingSinceMs: number,
  eager: boolean,
): Waited {
  let looks = 1;
  let quietMs: number | undefined;
  let atMs = performance.now();
  for (;;) {
    for (let look = 0; look < looks; look++)
      if (device.ready()) return { ready: true, quietMs: look === 0 ? quietMs : atMs };
    quietMs = atMs;
    if (atMs >= untilMs) return { ready: false, quietMs };
    if (!eager)
      Atomics.wait(sleeper, 0, 0, Math.min(longestMs, Math.max(shortestMs, (atMs - waitingSinceMs) / 200)));
    atMs = performance.now();
    if (eager) looks = atMs - quietMs < closeMs ? Math.min(mostLooks, looks + 1) : Math.max(1, looks >> 1);
  }
}
