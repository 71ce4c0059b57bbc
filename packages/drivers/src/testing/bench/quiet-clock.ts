import { openLibrary } from '../../transports/ffi/foreign-library.js';

/** CLOCK_MONOTONIC of Linux. */
const monotonic = 1;

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

/**
 * The monotonic clock, read through the system's C library into the caller's memory: a clock that answers with a number
 * leaves one for the engine to collect at each call, which is what the benchmark wants to see of others. Elsewhere than
 * on Linux it reads `performance.now`. Each call of this function opens a clock.
 */
export function quietClock(): QuietClock {
  if (process.platform !== 'linux') return readPerformance;
  const functions = { time: ['clock_gettime', 'int32', 'int32', 'pointer'] } as const;
  const time = openLibrary(['libc.so.6'], { functions }, 'clock', 'the C library is missing').bind('time');
  return (into) => {
    time(monotonic, into);
  };
}

function readPerformance(into: Stamp): void {
  into.set(stampAt(1000 * performance.now()));
}
