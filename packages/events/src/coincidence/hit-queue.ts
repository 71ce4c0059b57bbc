import { EventError } from '../errors.js';

/** Hits of one table that follow each other: places `from` to `to` (excluded) of its clustering columns. */
export interface HitRange {
  readonly columns: readonly Float64Array[];
  readonly from: number;
  readonly to: number;
  /** Row of the first one in its table. */
  readonly row: number;
}

/** Hits of one table that wait to be merged, in the order of their first column. */
export class HitQueue {
  /** Clustering columns, and the row of the first hit. */
  private readonly blocks: { readonly columns: readonly Float64Array[]; readonly row: number }[] = [];
  /** Place of the next hit in the first block. */
  private at = 0;
  private pushed = 0;
  /** Time of the last hit that was pushed. */
  last = -Infinity;
  /** No more hits will come. */
  ended = false;

  /** @param table its path, for error texts */
  constructor(readonly table: string) {}

  /** Adds hits: the clustering columns. Throws an EventError when times go back. */
  push(columns: readonly Float64Array[]): void {
    const times = columns[0]!;
    for (let i = 0, before = this.last; i < times.length; i++) {
      const time = times[i]!;
      if (time < before) {
        const hit = this.pushed + i;
        throw new EventError(
          `${this.table}: hit ${hit} comes before hit ${hit - 1}; ` +
            'the hits of a table must be in the order of the clustering column: sort them first',
        );
      }
      before = time;
    }
    if (times.length === 0) return;
    const row = this.pushed;
    this.pushed += times.length;
    if (this.pushed >= 2 ** 31) throw new EventError(`${this.table} has more than 2^31 hits; split the run`);
    this.last = times[times.length - 1]!;
    this.blocks.push({ columns, row });
  }

  /** Leaves out rows: the next hit that is pushed comes behind them. */
  skip(rows: number): void {
    this.pushed += rows;
  }

  /** Time of the first hit that waits; undefined when none does. */
  get first(): number | undefined {
    return this.blocks[0]?.columns[0]![this.at];
  }

  /** Number of waiting hits before a time (all when it is infinite). */
  countBefore(limit: number): number {
    let count = 0;
    let start = this.at;
    for (const { columns } of this.blocks) {
      const times = columns[0]!;
      const stop = endBefore(times, limit, start);
      count += stop - start;
      if (stop < times.length) break;
      start = 0;
    }
    return count;
  }

  /** Gives away the hits before a time (all when it is infinite), block by block. */
  takeBefore(limit: number, take: (hits: HitRange) => void): void {
    for (let block = this.blocks[0]; block !== undefined; block = this.blocks[0]) {
      const { columns, row } = block;
      const times = columns[0]!;
      const stop = endBefore(times, limit, this.at);
      if (stop > this.at) take({ columns, from: this.at, to: stop, row: row + this.at });
      if (stop < times.length) {
        this.at = stop;
        return;
      }
      this.blocks.shift();
      this.at = 0;
    }
  }
}

/** Behind the last place whose time is before a limit, from `start` on. */
function endBefore(times: Float64Array, limit: number, start: number): number {
  let high = times.length;
  if (limit === Infinity || start === high || times[high - 1]! < limit) return high;
  let low = start;
  // Limits rise: the place is mostly near the start.
  for (let step = 64; low + step < high; step *= 4) {
    if (times[low + step]! >= limit) {
      high = low + step;
      break;
    }
    low += step + 1;
  }
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
