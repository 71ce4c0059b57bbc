import type { RowBlock } from './row-block.js';

/**
 * A random choice of so many rows that does not depend on how rows are cut into blocks: every row has a random number of
 * its own (of its place and the seed), and those with the lowest numbers are taken.
 */
export class RowSample {
  /** The lowest numbers so far, the greatest first (a heap). */
  private readonly heap: number[] = [];

  constructor(
    private readonly rows: number,
    private readonly seed: number,
  ) {}

  /** Looks at the rows of a block of one run. */
  see(block: RowBlock, perEvent: boolean, run: number): void {
    for (const number of this.numbers(block, perEvent, run)) this.offer(number);
  }

  /** Which rows of a block (1) are in the choice, after all were seen. */
  chosen(block: RowBlock, perEvent: boolean, run: number): Uint8Array {
    const limit = this.heap.length < this.rows ? Infinity : this.heap[0]!;
    return Uint8Array.from(this.numbers(block, perEvent, run), (number) => (number <= limit ? 1 : 0));
  }

  private numbers({ hits, events }: RowBlock, perEvent: boolean, run: number): Float64Array {
    if (perEvent) return Float64Array.from(events, (event) => randomOf(this.seed, run, 0, event));
    return Float64Array.from(hits.row, (row, i) => randomOf(this.seed, run, hits.table[i]! + 1, row));
  }

  private offer(number: number): void {
    const { heap } = this;
    if (heap.length < this.rows) {
      heap.push(number);
      for (let at = heap.length - 1; at > 0; ) {
        const up = (at - 1) >> 1;
        if (heap[up]! >= heap[at]!) break;
        [heap[up], heap[at]] = [heap[at]!, heap[up]!];
        at = up;
      }
      return;
    }
    if (number >= heap[0]!) return;
    heap[0] = number;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const larger = (heap[left + 1] ?? -1) > (heap[left] ?? -1) ? left + 1 : left;
      if ((heap[larger] ?? -1) <= heap[at]!) break;
      [heap[larger], heap[at]] = [heap[at]!, heap[larger]!];
      at = larger;
    }
  }
}

/** A number from 0 to 1 (53 bits) that depends on all of its arguments: two rounds of a mixing function of 32 bits. */
function randomOf(seed: number, run: number, table: number, row: number): number {
  const first = mixed(mixed(mixed(mixed(seed) ^ run) ^ table) ^ row);
  const second = mixed(first ^ 0x9e37_79b9);
  return ((first >>> 5) * 67_108_864 + (second >>> 6)) / 9_007_199_254_740_992;
}

function mixed(value: number): number {
  let x = value + 0x9e37_79b9;
  x = Math.imul(x ^ (x >>> 16), 0x21f0_aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a_2d97);
  return x ^ (x >>> 15);
}
