import { newStamp, nsBetween, type QuietClock, quietClock } from '../../../transports/ffi/quiet-clock.js';

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Shortest and longest rest between two looks at the device, ms. */
const shortestMs = 0.05;
const longestMs = 1;

/** Looks that take so long together, ns, need no clock between them. */
const closeNs = 20_000;
const mostLooks = 64;

let clock: QuietClock | undefined;
const began = newStamp();
const at = newStamp();

/** How a wait ended. */
export interface Waited {
  readonly ready: boolean;
  /** A time at which the device was not ready yet, ms (performance.now), the last known; undefined when the first look succeeded. */
  readonly quietMs: number | undefined;
}

/**
 * Looks at a device until it is ready, at most until a time (performance.now). Eager: looks without rest. Sparing:
 * rests between looks for half a percent of the time waited so far, so that the rests cost at most that much live time.
 * The clock is read every 20 µs, and leaves nothing to collect: a device would often become ready meanwhile.
 */
export function lookUntil(
  device: { ready(): boolean },
  untilMs: number,
  waitingSinceMs: number,
  eager: boolean,
): Waited {
  clock ??= quietClock();
  const beganMs = performance.now();
  clock(began);
  const untilNs = 1e6 * (untilMs - beganMs);
  let looks = 1;
  let atNs = 0;
  let quietNs = -1;
  for (;;) {
    for (let look = 0; look < looks; look++) {
      if (device.ready()) return waited(true, beganMs, look === 0 ? quietNs : atNs);
    }
    quietNs = atNs;
    if (atNs >= untilNs) return waited(false, beganMs, quietNs);
    if (!eager) {
      const restMs = (beganMs - waitingSinceMs + atNs / 1e6) / 200;
      Atomics.wait(sleeper, 0, 0, Math.min(longestMs, Math.max(shortestMs, restMs)));
    }
    clock(at);
    atNs = nsBetween(began, at);
    if (eager) looks = atNs - quietNs < closeNs ? Math.min(mostLooks, looks + 1) : Math.max(1, looks >> 1);
  }
}

/** @param quietNs - since the wait began; negative when the first look succeeded */
function waited(ready: boolean, beganMs: number, quietNs: number): Waited {
  return { ready, quietMs: quietNs < 0 ? undefined : beganMs + quietNs / 1e6 };
}
