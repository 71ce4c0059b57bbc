import { EventError } from '../errors.js';

/** Hits of one table that wait to be merged: clustering columns in order, and rows when they are not consecutive. */
interface Block {
  readonly columns: readonly Float64Array[];
  /** Row of the first hit, or the rows of all hits when equal times were put in order. */
  readonly rows: number | Int32Array;
  readonly length: number;
}

/**
 * The hits of one table, read in blocks, taken one by one in order. Hits at the same time are ordered by the further
 * clustering columns, which can only be done when the next time is known: they wait until then.
 */
export class HitQueue {
  private readonly blocks: Block[] = [];
  private at = 0;
  private next = 0;
  private held: Block | undefined;
  /** Time of the last hit that was pushed. */
  last = -Infinity;
  /** No more hits will come. */
  ended = false;

  /** @param table its path, for error texts */
  constructor(readonly table: string) {}

  /** Adds hits. Throws an EventError when times go back. */
  push(columns: readonly Float64Array[]): void {
    const times = columns[0]!;
    for (let i = 0, before = this.last; i < times.length; i++) {
      const time = times[i]!;
      if (time < before) {
        throw new EventError(
          `${this.table}: hit ${this.next + i} comes before hit ${this.next + i - 1}; ` +
            'the hits of a table must be in the order of the clustering column: sort them first',
        );
      }
      before = time;
    }
    if (times.length === 0) return;
    const block: Block = { columns, rows: this.next, length: times.length };
    this.next += times.length;
    if (this.next >= 2 ** 31) throw new EventError(`${this.table} has more than 2^31 hits; split the run`);
    this.last = times[times.length - 1]!;
    if (columns.length === 1) this.blocks.push(block);
    else this.hold(block);
  }

  /** Says that no more hits come. */
  end(): void {
    this.ended = true;
    this.hold(undefined);
  }

  /** The block with the next hit, and the hit's place in it; undefined when no hit waits. */
  head(): { block: Block; at: number } | undefined {
    const block = this.blocks[0];
    return block === undefined ? undefined : { block, at: this.at };
  }

  /** Goes on to hit `at` of the block of {@link head}. */
  advance(at: number): void {
    if (at < this.blocks[0]!.length) this.at = at;
    else {
      this.blocks.shift();
      this.at = 0;
    }
  }

  /** Orders hits of equal time, and keeps those of the last time back for hits that may still join them. */
  private hold(block: Block | undefined): void {
    const joined = join(this.held, block);
    this.held = undefined;
    if (joined === undefined) return;
    const times = joined.columns[0]!;
    let kept = joined.length;
    if (!this.ended) {
      const last = times[joined.length - 1];
      while (kept > 0 && times[kept - 1] === last) kept--;
      this.held = part(joined, kept, joined.length);
    }
    if (kept > 0) this.blocks.push(ordered(part(joined, 0, kept)));
  }
}

function rowsOf({ rows, length }: Block): Int32Array {
  return typeof rows === 'number' ? Int32Array.from({ length }, (_, i) => rows + i) : rows;
}

function part(block: Block, from: number, to: number): Block {
  const { rows } = block;
  return {
    columns: block.columns.map((column) => column.subarray(from, to)),
    rows: typeof rows === 'number' ? rows + from : rows.subarray(from, to),
    length: to - from,
  };
}

function join(a: Block | undefined, b: Block | undefined): Block | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const length = a.length + b.length;
  const columns = a.columns.map((column, i) => {
    const both = new Float64Array(length);
    both.set(column);
    both.set(b.columns[i]!, a.length);
    return both;
  });
  const rows = new Int32Array(length);
  rows.set(rowsOf(a));
  rows.set(rowsOf(b), a.length);
  return { columns, rows, length };
}

/** Runs of equal times by the further columns, equal hits in their old order. */
function ordered(block: Block): Block {
  const [times, ...further] = block.columns as [Float64Array, ...Float64Array[]];
  const order = Int32Array.from({ length: block.length }, (_, i) => i);
  let changed = false;
  for (let from = 0; from < block.length; ) {
    let to = from + 1;
    while (to < block.length && times[to] === times[from]) to++;
    if (to - from > 1) {
      changed = true;
      order.subarray(from, to).sort((i, j) => {
        for (const column of further) {
          if (column[i] !== column[j]) return column[i]! - column[j]!;
        }
        return i - j;
      });
    }
    from = to;
  }
  if (!changed) return block;
  const rows = rowsOf(block);
  return {
    columns: block.columns.map((column) => Float64Array.from(order, (i) => column[i]!)),
    rows: Int32Array.from(order, (i) => rows[i]!),
    length: block.length,
  };
}
