import { openLibrary } from '../../transports/ffi/foreign-library.js';

/** CLOCK_MONOTONIC of Linux. */
const monotonic = 1;

/**
 * The monotonic clock in µs, read through the system's C library into memory of its own: `performance.now` leaves a
 * number for the engine to collect at each call, which is what the benchmark wants to see of others. Elsewhere than on
 * Linux it is `performance.now`. Each call of this function opens a clock.
 */
export function quietClock(): () => number {
  if (process.platform !== 'linux') return () => 1000 * performance.now();
  const functions = { time: ['clock_gettime', 'int32', 'int32', 'pointer'] } as const;
  const time = openLibrary(['libc.so.6'], { functions }, 'clock', 'the C library is missing').bind('time');
  const parts = new Int32Array(4);
  return () => {
    time(monotonic, parts);
    return parts[0]! * 1e6 + parts[2]! / 1000;
  };
}
