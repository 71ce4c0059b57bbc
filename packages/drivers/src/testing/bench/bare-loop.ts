import { quietClock } from './quiet-clock.js';

/** Turns of the loop that take less are not kept, µs. */
const smallestUs = 2;
const room = 1 << 17;

/**
 * A loop that does nothing but look at the clock: how late would it see something that happens at any moment? What it
 * cannot see is the machine's part of any wait on it.
 */
export class BareLoop {
  private readonly now = quietClock();
  private readonly stops = new Float64Array(room);
  private count = 0;
  private totalUs = 0;

  /** Spins for a while, ms. Leaves nothing to collect. */
  spin(ms: number): void {
    const { now, stops } = this;
    const beganUs = now();
    const untilUs = beganUs + 1000 * ms;
    let lastUs = beganUs;
    while (lastUs < untilUs) {
      const atUs = now();
      if (atUs - lastUs >= smallestUs && this.count < room) stops[this.count++] = atUs - lastUs;
      lastUs = atUs;
    }
    this.totalUs += lastUs - beganUs;
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
