/** Longer runs within a slot are left to the engine's own sort. */
const shortRun = 24;
const mostSlots = 1 << 16;

/**
 * The order of hits by several columns, the first one deciding first; hits equal in all keep their order. Hits are dealt
 * to slots of equal width by their first column, about as many as there are hits, then put in order within each slot.
 * It is fastest where all of it fits into the processor's cache (some ten thousand hits). NaN is not allowed. What is
 * given is good until the next call.
 */
export class HitSorter {
  private slot = new Uint16Array(0);
  private order = new Int32Array(0);
  private readonly ends = new Uint32Array(mostSlots);

  /** @param length number of hits, the first ones of each column */
  sort(columns: readonly Float64Array[], length: number): Int32Array {
    if (this.slot.length < length) {
      this.slot = new Uint16Array(length);
      this.order = new Int32Array(length);
    }
    const { slot, ends } = this;
    const order = this.order.subarray(0, length);
    const slots = toSlots(columns[0]!, slot, length);
    ends.fill(0, 0, slots);
    for (let i = 0; i < length; i++) ends[slot[i]!]!++;
    for (let k = 0, sum = 0; k < slots; k++) {
      const own = ends[k]!;
      ends[k] = sum;
      sum += own;
    }
    // Behind this every slot's entry is its end.
    for (let i = 0; i < length; i++) order[ends[slot[i]!]!++] = i;
    if (columns.length === 1 && insertAll(order, columns[0]!)) return order;
    for (let k = 0, from = 0; k < slots; k++) {
      const to = ends[k]!;
      if (to - from > shortRun) sortLong(order.subarray(from, to), columns);
      else if (to - from > 1) insert(order, from, to, columns);
      from = to;
    }
    return order;
  }
}

/** Deals times to slots; returns their number. All share one slot when they span nothing, or more than numbers can tell apart. */
function toSlots(times: Float64Array, slot: Uint16Array, length: number): number {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < length; i++) {
    const time = times[i]!;
    if (time < least) least = time;
    if (time > most) most = time;
  }
  const slots = Math.min(mostSlots, Math.max(1, length));
  const scale = (slots - 1) / (most - least);
  if (!(scale > 0 && scale < Infinity)) {
    slot.fill(0, 0, length);
    return 1;
  }
  for (let i = 0; i < length; i++) slot[i] = (times[i]! - least) * scale;
  return slots;
}

/**
 * Puts hits in order that are nearly so, by one column: each is moved forward past the later ones. False when that
 * takes too many steps; the order is still one of all hits then, and equal ones have not changed theirs.
 */
function insertAll(order: Int32Array, times: Float64Array): boolean {
  let steps = 8 * order.length;
  for (let i = 1; i < order.length; i++) {
    const hit = order[i]!;
    const time = times[hit]!;
    let j = i;
    for (; j > 0 && times[order[j - 1]!]! > time; j--) order[j] = order[j - 1]!;
    order[j] = hit;
    steps -= i - j;
    if (steps < 0) return false;
  }
  return true;
}

function compare(columns: readonly Float64Array[], a: number, b: number): number {
  for (const column of columns) {
    if (column[a] !== column[b]) return column[a]! < column[b]! ? -1 : 1;
  }
  return 0;
}

function insert(order: Int32Array, from: number, to: number, columns: readonly Float64Array[]): void {
  for (let i = from + 1; i < to; i++) {
    const hit = order[i]!;
    let j = i;
    while (j > from && compare(columns, order[j - 1]!, hit) > 0) {
      order[j] = order[j - 1]!;
      j--;
    }
    order[j] = hit;
  }
}

function sortLong(run: Int32Array, columns: readonly Float64Array[]): void {
  run.sort((a, b) => compare(columns, a, b) || a - b);
}
