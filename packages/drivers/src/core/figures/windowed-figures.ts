import type { TimeAccountFacts } from '../time-account.js';

/** Cumulative counters at a moment. */
export interface FigureSample {
  readonly events: bigint;
  readonly time: TimeAccountFacts;
}

/** What happened in a stretch of run time, pauses left out. */
export interface WindowFigures {
  /** Length without pauses, ns. */
  readonly runNs: bigint;
  readonly events: bigint;
  /** Events per s of run time; 0 for an empty window. */
  readonly rateHz: number;
  /** Live and named dead parts of the window's run time, each 0 to 1; together 1. */
  readonly liveFraction: number;
  readonly deadFractions: Readonly<Record<string, number>>;
}

/**
 * Figures over the last so many ns of run time and over the whole run, out of cumulative counters. Only as many samples
 * as the longest window needs are kept.
 */
export class WindowedFigures {
  private readonly longestNs: bigint;
  private samples: FigureSample[] = [];

  /** @param longestNs longest window that will be asked for */
  constructor(longestNs: bigint) {
    this.longestNs = longestNs;
  }

  /** The counters now; times must not go back (a new run begins anew by itself). */
  add(sample: FigureSample): void {
    const last = this.samples.at(-1);
    if (last !== undefined && activeNs(sample) < activeNs(last)) this.samples = [];
    this.samples.push(sample);
    const from = activeNs(sample) - this.longestNs;
    while (this.samples.length > 2 && activeNs(this.samples[1]!) <= from) this.samples.shift();
  }

  /** The last `windowNs` of run time, or what there is of it. */
  window(windowNs: bigint): WindowFigures {
    const last = this.samples.at(-1);
    if (last === undefined) return emptyFigures;
    const from = activeNs(last) - windowNs;
    const first = this.samples.findLast((sample) => activeNs(sample) <= from) ?? this.samples[0]!;
    return between(first, last);
  }

  /** Everything since the start of the run. */
  whole(): WindowFigures {
    const last = this.samples.at(-1);
    return last === undefined ? emptyFigures : between(nothingYet, last);
  }
}

const emptyFigures: WindowFigures = { runNs: 0n, events: 0n, rateHz: 0, liveFraction: 0, deadFractions: {} };
const nothingYet: FigureSample = { events: 0n, time: { runNs: 0n, liveNs: 0n, pausedNs: 0n, deadNs: {} } };

/** Run time without pauses. */
function activeNs({ time }: FigureSample): bigint {
  return time.runNs - time.pausedNs;
}

function between(first: FigureSample, last: FigureSample): WindowFigures {
  const runNs = activeNs(last) - activeNs(first);
  const events = last.events - first.events;
  if (runNs <= 0n) return { ...emptyFigures, events };
  const part = (ns: bigint): number => Number(ns) / Number(runNs);
  const dead = Object.entries(last.time.deadNs).map(([name, ns]) => [
    name,
    part(ns - (first.time.deadNs[name] ?? 0n)),
  ]);
  return {
    runNs,
    events,
    rateHz: (Number(events) * 1e9) / Number(runNs),
    // Live time is booked with the record, run time with the clock: at the edges of a window one may be ahead.
    liveFraction: Math.min(1, part(last.time.liveNs - first.time.liveNs)),
    deadFractions: Object.fromEntries(dead) as Record<string, number>,
  };
}
