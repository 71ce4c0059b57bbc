import { newStamp, nsBetween, type QuietClock, stampAt, stampUs } from '../../transports/ffi/quiet-clock.js';

/** Turns of the loop that take less are not kept, ns. */
const smallestNs = 2000;
const room = 1 << 17;

/**
 * A loop that does nothing but look at the clock: how late would it see something that happens at any moment? What it
 * cannot see is the machine's part of any wait on it.
 */
export class BareLoop {
  private readonly now: QuietClock;
  private readonly at = newStamp();
  private readonly last = newStamp();
  private readonly stops = new Float64Array(room);
  private count = 0;
  private totalUs = 0;

  constructor(clock: QuietClock) {
    this.now = clock;
  }

  /** Spins for a while, ms. Leaves nothing to collect: between two turns it counts in whole nanoseconds. */
  spin(ms: number): void {
    const { now, at, last } = this;
    now(last);
    const beganUs = stampUs(last);
    const until = stampAt(beganUs + 1000 * ms);
    for (;;) {
      now(at);
      const ns = nsBetween(last, at);
      if (ns >= smallestNs) this.keep(ns);
      if (at[0]! > until[0]! || (at[0]! === until[0]! && at[2]! >= until[2]!)) break;
      last[0] = at[0]!;
      last[2] = at[2]!;
    }
    this.totalUs += stampUs(at) - beganUs;
  }

  private keep(ns: number): void {
    if (this.count < room) this.stops[this.count++] = ns / 1000;
  }

  /** With a share (0 to 1) of all moments the loop is late by at most this, µs. */
  lateness(share: number): number {
    return latenessOf(this.stops.subarray(0, this.count), this.totalUs, share);
  }
}

/**
 * How late something is seen at most, with a share (0 to 1) of all moments, by a loop that stood still for `stops` (µs)
 * within `totalUs`: a moment within a stop of length s waits for longer than x with the part s - x of it.
 */
export function latenessOf(stops: Float64Array, totalUs: number, share: number): number {
  const laterThan = (us: number): number => stops.reduce((sum, stop) => sum + Math.max(0, stop - us), 0);
  let [low, high] = [0, stops.reduce((most, stop) => Math.max(most, stop), 0)];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (laterThan(middle) > (1 - share) * totalUs) low = middle;
    else high = middle;
  }
  return high;
}
