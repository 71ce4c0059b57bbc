import type { Numbers } from '../spec/kernel-spec.js';

interface Search {
  /** Place of the last crossing of each threshold; 0 is "none". */
  above: number;
  below: number;
  crossed: boolean;
  candidate: number;
}

/** What the walk has found. */
interface Found {
  readonly count: Numbers;
  readonly polarity: Numbers;
  readonly times: Numbers;
}

function record(found: Found, search: Search, polarity: number): void {
  const count = found.count[0]!;
  if (count < found.times.length) {
    found.polarity[count] = polarity;
    found.times[count] = search.candidate;
  }
  found.count[0] = count + 1;
}

function crossUp(i: number, gate: number, search: Search, found: Found): void {
  if (search.crossed && search.below !== 0) {
    if (i - search.below < gate) record(found, search, 0);
    else search.above = i;
  } else {
    search.above = i;
  }
  search.below = 0;
  search.crossed = false;
}

function crossDown(i: number, gate: number, search: Search, found: Found): void {
  if (search.crossed && search.above !== 0) {
    if (i - search.above < gate) record(found, search, 1);
    else search.below = i;
  } else {
    search.below = i;
  }
  search.above = 0;
  search.crossed = false;
}

/** Zero crossings between a crossing of one threshold and, within the gate, one of the other. */
export function biLevelZeroCrossing(
  wIn: Numbers,
  positive: Numbers,
  negative: Numbers,
  gate: Numbers,
  start: Numbers,
  ...[count, polarity, times]: Numbers[]
): number {
  const found: Found = { count: count!, polarity: polarity!, times: times! };
  const search: Search = { above: 0, below: 0, crossed: false, candidate: 0 };
  found.count[0] = 0;
  for (let i = start[0]!; i < wIn.length - 1; i += 1) {
    const here = wIn[i]!;
    const next = wIn[i + 1]!;
    if (search.below !== 0 && here <= 0 && next > 0) {
      search.crossed = true;
      search.candidate = i;
    }
    if (here <= positive[0]! && next > positive[0]!) crossUp(i, gate[0]!, search, found);
    if (search.above !== 0 && here >= 0 && next < 0) {
      search.crossed = true;
      search.candidate = i;
    }
    if (here >= negative[0]! && next < negative[0]!) crossDown(i, gate[0]!, search, found);
  }
  return 0;
}
