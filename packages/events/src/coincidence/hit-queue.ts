import { EventError } from '../errors.js';

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

  /** Gives away the hits before a time (all when it is infinite), block by block: columns, and the row of the first. */
  takeBefore(limit: number, take: (columns: readonly Float64Array[], firstRow: number) => void): void {
    for (let block = this.blocks[0]; block !== undefined; block = this.blocks[0]) {
      const { columns } = block;
      const times = columns[0]!;
      const stop = limit === Infinity ? times.length : firstFrom(times, limit, this.at);
      if (stop > this.at) {
        take(
          columns.map((column) => column.subarray(this.at, stop)),
          block.row + this.at,
        );
      }
      if (stop < times.length) {
        this.at = stop;
        return;
      }
      this.blocks.shift();
      this.at = 0;
    }
  }
}

/** The first place from `start` whose time is not before a limit. */
function firstFrom(times: Float64Array, limit: number, start: number): number {
  let low = start;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
