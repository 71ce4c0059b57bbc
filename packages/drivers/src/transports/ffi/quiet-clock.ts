import { openLibrary } from './foreign-library.js';

/** Numbers of Linux: CLOCK_MONOTONIC, CLOCK_THREAD_CPUTIME_ID. */
const clockNumbers = { monotonic: 1, processor: 3 } as const;

/** Where a {@link QuietClock} writes a time: seconds at 0, nanoseconds at 2. */
export type Stamp = Int32Array;

/** Writes the time into a stamp. Leaves nothing to collect. */
export type QuietClock = (into: Stamp) => void;

/** A place for one time of a {@link QuietClock}. */
export function newStamp(): Stamp {
  return new Int32Array(4);
}

/** The time in a stamp, µs. */
export function stampUs(stamp: Stamp): number {
  return stamp[0]! * 1e6 + stamp[2]! / 1000;
}

/** The stamp of a time, µs. */
export function stampAt(us: number): Stamp {
  const stamp = newStamp();
  stamp[0] = Math.floor(us / 1e6);
  stamp[2] = Math.round(1000 * (us - 1e6 * stamp[0]));
  return stamp;
}

/** From one stamp to a later one, ns. */
export function nsBetween(from: Stamp, to: Stamp): number {
  return (to[0]! - from[0]!) * 1_000_000_000 + (to[2]! - from[2]!);
}

/**
 * The monotonic clock, read through the system's C library into the caller's memory: a clock that answers with a number
 * leaves one for the engine to collect at each call, and a loop that waits for a device would be held up by that. Elsewhere
 * than on Linux, and where the library cannot be loaded, it reads `performance.now`. Each call of this function opens a
 * clock. `processor` counts the time that this thread has worked, without what the machine took from it.
 */
export function quietClock(kind: keyof typeof clockNumbers = 'monotonic'): QuietClock {
  if (process.platform !== 'linux') return readPerformance;
  const functions = { time: ['clock_gettime', 'int32', 'int32', 'pointer'] } as const;
  const number = clockNumbers[kind];
  try {
    const time = openLibrary(['libc.so.6'], { functions }, 'clock', 'the C library is missing').bind('time');
    return (into) => {
      time(number, into);
    };
  } catch {
    return readPerformance;
  }
}

function readPerformance(into: Stamp): void {
  const us = 1000 * performance.now();
  into[0] = Math.floor(us / 1e6);
  into[2] = Math.round(1000 * (us - 1e6 * into[0]));
}
