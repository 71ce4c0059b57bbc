const digitBits = 11;
const buckets = 1 << digitBits;
/** Times are first sorted into this many slots of equal width (two digits). */
const slots = buckets * buckets;
/** Longer runs within a slot are left to the engine's own sort. */
const shortRun = 24;

/**
 * The order of hits by several columns, the first one deciding first; hits equal in all keep their order. Hits are first
 * dealt to slots of equal width by their first column, digit by digit (a radix sort), then put in order within each
 * slot. NaN is not allowed.
 */
export function sortHits(columns: readonly Float64Array[], length: number): Int32Array {
  const slot = new Uint32Array(length);
  toSlots(columns[0]!, slot);
  let order = new Int32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  order = byDigit(slot, order, 0);
  order = byDigit(slot, order, digitBits);
  for (let from = 0; from < length; ) {
    const own = slot[order[from]!];
    let to = from + 1;
    while (to < length && slot[order[to]!] === own) to++;
    if (to - from > shortRun) sortLong(order.subarray(from, to), columns);
    else if (to - from > 1) insert(order, from, to, columns);
    from = to;
  }
  return order;
}

/** The slot of every time. All times share one slot when they span nothing, or more than numbers can tell apart. */
function toSlots(times: Float64Array, slot: Uint32Array): void {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < slot.length; i++) {
    const time = times[i]!;
    if (time < least) least = time;
    if (time > most) most = time;
  }
  const scale = (slots - 1) / (most - least);
  if (!(scale > 0 && scale < Infinity)) return;
  for (let i = 0; i < slot.length; i++) slot[i] = (times[i]! - least) * scale;
}

function byDigit(slot: Uint32Array, from: Int32Array, bit: number): Int32Array<ArrayBuffer> {
  const place = new Uint32Array(buckets + 1);
  for (let i = 0; i < from.length; i++) {
    const next = ((slot[i]! >>> bit) & (buckets - 1)) + 1;
    place[next] = place[next]! + 1;
  }
  for (let i = 1; i <= buckets; i++) place[i] = place[i]! + place[i - 1]!;
  const to = new Int32Array(from.length);
  for (let i = 0; i < from.length; i++) {
    const hit = from[i]!;
    to[place[(slot[hit]! >>> bit) & (buckets - 1)]!++] = hit;
  }
  return to;
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
