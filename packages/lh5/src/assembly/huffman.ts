/** Kinds of table entries. An entry: bits 0–7 bits of the code, 8–15 kind, 16–31 value. */
export const ONE: u32 = 1;
/** Two literals in succession, one per byte of the value. */
export const TWO: u32 = 2;
/** A base, with the number of extra bits in the lower half of the kind. */
export const BASE: u32 = 0x10;
/** The end of a block. */
export const END: u32 = 0x20;
/** The rest of the code is in a table further on; its place is the value. */
export const MORE: u32 = 0x40;
/** No code begins like this. */
export const NONE: u32 = 0x80;

export const MOST_BITS: u32 = 15;

const counts = memory.data(2 * 16);
const nexts = memory.data(4 * 16);

export function entry(kind: u32, value: u32): u32 {
  return (value << 16) | (kind << 8);
}

function reversed(code: u32, bits: u32): u32 {
  let x = code;
  x = ((x & 0x5555) << 1) | ((x >> 1) & 0x5555);
  x = ((x & 0x3333) << 2) | ((x >> 2) & 0x3333);
  x = ((x & 0x0f0f) << 4) | ((x >> 4) & 0x0f0f);
  x = ((x & 0x00ff) << 8) | ((x >> 8) & 0x00ff);
  return x >> (16 - bits);
}

function fill(table: usize, value: u32, from: u32, step: u32, end: u32): void {
  for (let i = from; i < end; i += step) store<u32>(table + ((<usize>i) << 2), value);
}

/**
 * Makes the table of a canonical code: for `symbols` symbols their lengths (bytes) and what their entries say (words without
 * the bits). Codes longer than `bits` lead to tables behind the first one. False for lengths that no code has.
 */
export function buildTable(symbols: i32, lengths: usize, meanings: usize, bits: u32, table: usize): bool {
  memory.fill(counts, 0, 2 * 16);
  for (let s = 0; s < symbols; s++) {
    const at = counts + ((<usize>load<u8>(lengths + s)) << 1);
    store<u16>(at, load<u16>(at) + 1);
  }
  store<u16>(counts, 0);
  let code: u32 = 0;
  let left: i32 = 1;
  let longest: u32 = 0;
  for (let length: u32 = 1; length <= MOST_BITS; length++) {
    const before = <u32>load<u16>(counts + ((length - 1) << 1));
    const here = <u32>load<u16>(counts + (length << 1));
    code = (code + before) << 1;
    store<u32>(nexts + (length << 2), code);
    if (here > 0) longest = length;
    left = (left << 1) - here;
    if (left < 0) return false;
  }
  // Only a code of a single symbol, or of none, may leave something over.
  if (left > 0 && longest > 1) return false;
  const size: u32 = 1 << bits;
  const rest: u32 = MOST_BITS - bits;
  fill(table, NONE << 8, 0, 1, size);
  let free = size;
  for (let s = 0; s < symbols; s++) {
    const length = <u32>load<u8>(lengths + s);
    if (length == 0) continue;
    const at = nexts + (length << 2);
    const next = load<u32>(at);
    store<u32>(at, next + 1);
    const turned = reversed(next, length);
    const meaning = load<u32>(meanings + ((<usize>s) << 2));
    if (length <= bits) {
      fill(table, meaning | length, turned, 1 << length, size);
      continue;
    }
    const place = table + ((<usize>(turned & (size - 1))) << 2);
    let first = load<u32>(place);
    if (((first >> 8) & 0xff) != MORE) {
      first = entry(MORE, free) | bits;
      store<u32>(place, first);
      fill(table + ((<usize>free) << 2), NONE << 8, 0, 1, 1 << rest);
      free += 1 << rest;
    }
    const further = table + ((<usize>(first >> 16)) << 2);
    fill(further, meaning | (length - bits), turned >> bits, 1 << (length - bits), 1 << rest);
  }
  return true;
}

/** Puts two literals into one entry where the codes of both are within the bits that the first table looks at. */
export function pairLiterals(bits: u32, table: usize): void {
  // Downwards: the second literal is looked up in a part that has not been changed yet.
  for (let i: i32 = (1 << bits) - 1; i >= 0; i--) {
    const place = table + ((<usize>i) << 2);
    const first = load<u32>(place);
    if (((first >> 8) & 0xff) != ONE) continue;
    const length = first & 0xff;
    const second = load<u32>(table + ((<usize>(<u32>i >> length)) << 2));
    if (((second >> 8) & 0xff) != ONE) continue;
    const both = length + (second & 0xff);
    if (both > bits) continue;
    store<u32>(place, ((second & 0xff0000) << 8) | (first & 0xff0000) | (TWO << 8) | both);
  }
}
