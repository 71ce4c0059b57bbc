/** One point at which both clocks were read: monotonic ns, and wall clock ns since 1970-01-01 UTC. */
export interface Anchor {
  readonly monotonicNs: bigint;
  readonly epochNs: bigint;
}

/** A jump of the wall clock between two anchors; `byNs` is positive when it was set forward. */
export interface ClockStep {
  readonly at: Anchor;
  readonly byNs: bigint;
}

/** How an anchor fits to those before it. */
export interface AnchorResult {
  readonly step: ClockStep | undefined;
}

const toleratedNs = 5_000_000n;
const toleratedDrift = 500n;

/**
 * The relation of the monotonic clock to the wall clock over a run. Times of data are monotonic; the wall clock only
 * labels them. An anchor whose wall clock is off by more than 5 ms plus 500 ppm of the time since the anchor before
 * is a step of the clock and recorded as one.
 */
export class ClockModel {
  private readonly known: Anchor[];
  private readonly jumps: ClockStep[] = [];

  /** Begins with the anchor of the run's start. */
  constructor(first: Anchor) {
    this.known = [first];
  }

  /** Anchors so far, oldest first. */
  get anchors(): readonly Anchor[] {
    return this.known;
  }

  /** Steps of the wall clock so far, oldest first. */
  get steps(): readonly ClockStep[] {
    return this.jumps;
  }

  /**
   * Adds an anchor and tells whether the wall clock stepped since the one before. Throws a RangeError when the
   * monotonic time lies before the last anchor's.
   */
  add(anchor: Anchor): AnchorResult {
    const last = this.known[this.known.length - 1]!;
    const elapsed = anchor.monotonicNs - last.monotonicNs;
    if (elapsed < 0n) {
      throw new RangeError(
        `anchor at ${anchor.monotonicNs} ns lies before the last one at ${last.monotonicNs} ns`,
      );
    }
    const offBy = anchor.epochNs - last.epochNs - elapsed;
    const allowed = toleratedNs + (elapsed * toleratedDrift) / 1_000_000n;
    this.known.push(anchor);
    if (magnitude(offBy) <= allowed) return { step: undefined };
    const step = { at: anchor, byNs: offBy };
    this.jumps.push(step);
    return { step };
  }

  /**
   * Wall clock time in ns since 1970 of a monotonic time, by the last anchor at or before it (the first one for
   * times before the run).
   */
  epochOf(monotonicNs: bigint): bigint {
    let anchor = this.known[0]!;
    for (const one of this.known) if (one.monotonicNs <= monotonicNs) anchor = one;
    return anchor.epochNs + (monotonicNs - anchor.monotonicNs);
  }
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
