import { adler32 } from './adler32';
import { BASE, buildTable, END, entry, MORE, ONE, pairLiterals } from './huffman';

/** Bits that the first tables look at. */
const LITERAL_BITS: u32 = 11;
const DISTANCE_BITS: u32 = 9;
const LENGTH_BITS: u32 = 7;

/** Symbols whose code is longer than the first table share at least their beginning with another one. */
const literals = memory.data(4 * (2048 + 144 * 16));
const distances = memory.data(4 * (512 + 16 * 64));
const codeLengths = memory.data(4 * (128 + 10 * 256));
const lengths = memory.data(320);

const literalMeanings = memory.data(4 * 288);
const distanceMeanings = memory.data(4 * 32);
const lengthMeanings = memory.data(4 * 19);
const order = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

let prepared = false;

function prepare(): void {
  for (let s = 0; s < 256; s++) store<u32>(literalMeanings + (s << 2), entry(ONE, s));
  store<u32>(literalMeanings + (256 << 2), entry(END, 0));
  let base: u32 = 3;
  for (let s = 0; s < 28; s++) {
    const extra: u32 = s < 8 ? 0 : <u32>((s >> 2) - 1);
    store<u32>(literalMeanings + ((257 + s) << 2), entry(BASE | extra, base));
    base += 1 << extra;
  }
  store<u32>(literalMeanings + (285 << 2), entry(BASE, 258));
  for (let s = 286; s < 288; s++) store<u32>(literalMeanings + (s << 2), entry(0x80, 0));
  base = 1;
  for (let s = 0; s < 30; s++) {
    const extra: u32 = s < 4 ? 0 : <u32>((s >> 1) - 1);
    store<u32>(distanceMeanings + (s << 2), entry(BASE | extra, base));
    base += 1 << extra;
  }
  for (let s = 30; s < 32; s++) store<u32>(distanceMeanings + (s << 2), entry(0x80, 0));
  for (let s = 0; s < 19; s++) store<u32>(lengthMeanings + (s << 2), entry(ONE, s));
  prepared = true;
}

let input: usize = 0;
let inputEnd: usize = 0;
let bits: u64 = 0;
let count: u32 = 0;

/** At least 56 bits are there afterwards; behind the end of the input they are what lies there. */
function refill(): void {
  bits |= load<u64>(input) << count;
  input += (63 - count) >> 3;
  count |= 56;
}

function take(n: u32): u32 {
  const value = <u32>bits & ((1 << n) - 1);
  bits >>= n;
  count -= n;
  return value;
}

function overran(): bool {
  return input - (count >> 3) > inputEnd;
}

function fixedCode(): void {
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  buildTable(288, lengths, literalMeanings, LITERAL_BITS, literals);
  memory.fill(lengths, 5, 32);
  buildTable(32, lengths, distanceMeanings, DISTANCE_BITS, distances);
}

function ownCode(): bool {
  refill();
  const literalCount: u32 = 257 + take(5);
  const distanceCount: u32 = 1 + take(5);
  const orderCount: u32 = 4 + take(4);
  if (literalCount > 286 || distanceCount > 30) return false;
  memory.fill(lengths, 0, 19);
  for (let k: u32 = 0; k < orderCount; k++) {
    refill();
    store<u8>(lengths + load<u8>(order + k), <u8>take(3));
  }
  if (!buildTable(19, lengths, lengthMeanings, LENGTH_BITS, codeLengths)) return false;
  const all: u32 = literalCount + distanceCount;
  for (let k: u32 = 0; k < all; ) {
    refill();
    const found = load<u32>(codeLengths + ((<usize>bits & 127) << 2));
    if (((found >> 8) & 0xff) != ONE || overran()) return false;
    take(found & 0xff);
    const symbol = found >> 16;
    if (symbol < 16) {
      store<u8>(lengths + k, <u8>symbol);
      k++;
      continue;
    }
    if (symbol == 16 && k == 0) return false;
    const value: u8 = symbol == 16 ? load<u8>(lengths + k - 1) : 0;
    const times: u32 = symbol == 16 ? 3 + take(2) : symbol == 17 ? 3 + take(3) : 11 + take(7);
    if (k + times > all) return false;
    memory.fill(lengths + k, value, times);
    k += times;
  }
  if (load<u8>(lengths + 256) == 0) return false;
  if (!buildTable(distanceCount, lengths + literalCount, distanceMeanings, DISTANCE_BITS, distances))
    return false;
  return buildTable(literalCount, lengths, literalMeanings, LITERAL_BITS, literals);
}

/** Repeats what lies `distance` bytes back; may write up to 15 bytes behind the end. */
function repeat(to: usize, distance: usize, length: usize): void {
  const end = to + length;
  let q = to;
  if (distance >= 16) {
    let p = to - distance;
    do {
      v128.store(q, v128.load(p));
      p += 16;
      q += 16;
    } while (q < end);
  } else if (distance == 1) {
    const value = i8x16.splat(load<i8>(to - 1));
    do {
      v128.store(q, value);
      q += 16;
    } while (q < end);
  } else {
    for (; q < end; q++) store<u8>(q, load<u8>(q - distance));
  }
}

/** Decodes the symbols of a block to `to`; the address behind the last byte, or 0 when the block is damaged. */
function symbols(start: usize, to: usize, most: usize): usize {
  // Globals live in memory, these in registers.
  const end = inputEnd;
  let p = input;
  let held = bits;
  let n = count;
  let q = to;
  while (q <= most && p - (n >> 3) <= end) {
    held |= load<u64>(p) << n;
    p += (63 - n) >> 3;
    n |= 56;
    let found = load<u32>(literals + ((<usize>held & 2047) << 2));
    let kind = (found >> 8) & 0xff;
    // Four first codes take 44 bits at most.
    let further = 4;
    while (kind < BASE) {
      store<u16>(q, <u16>(found >> 16));
      q += kind;
      held >>= found & 0xff;
      n -= found & 0xff;
      if (--further == 0) break;
      found = load<u32>(literals + ((<usize>held & 2047) << 2));
      kind = (found >> 8) & 0xff;
    }
    if (further == 0) continue;
    held |= load<u64>(p) << n;
    p += (63 - n) >> 3;
    n |= 56;
    if (kind == MORE) {
      held >>= LITERAL_BITS;
      n -= LITERAL_BITS;
      found = load<u32>(literals + ((<usize>(found >> 16) + (<usize>held & 15)) << 2));
      kind = (found >> 8) & 0xff;
    }
    held >>= found & 0xff;
    n -= found & 0xff;
    if (kind < BASE) {
      store<u8>(q++, <u8>(found >> 16));
      continue;
    }
    if (kind >= END) {
      input = p;
      bits = held;
      count = n;
      return kind == END ? q : 0;
    }
    let extra = kind & 15;
    const length = (found >> 16) + (<u32>held & ((1 << extra) - 1));
    held >>= extra;
    n -= extra;
    // The code of a length took 20 bits at most, that of a distance takes 28.
    found = load<u32>(distances + ((<usize>held & 511) << 2));
    kind = (found >> 8) & 0xff;
    if (kind == MORE) {
      held >>= DISTANCE_BITS;
      n -= DISTANCE_BITS;
      found = load<u32>(distances + ((<usize>(found >> 16) + (<usize>held & 63)) << 2));
      kind = (found >> 8) & 0xff;
    }
    if (kind >= END) return 0;
    held >>= found & 0xff;
    n -= found & 0xff;
    extra = kind & 15;
    const distance = <usize>(found >> 16) + (<usize>held & ((1 << extra) - 1));
    held >>= extra;
    n -= extra;
    if (distance > q - start || q + length > most) return 0;
    repeat(q, distance, length);
    q += length;
  }
  return 0;
}

/** Copies a block that is not compressed. */
function plain(to: usize, most: usize): usize {
  input -= count >> 3;
  bits = 0;
  count = 0;
  const size = <usize>load<u16>(input);
  if (input + 4 > inputEnd || <u32>load<u16>(input, 2) != (<u32>size ^ 0xffff)) return 0;
  input += 4;
  if (input + size > inputEnd || to + size > most) return 0;
  memory.copy(to, input, size);
  input += size;
  return to + size;
}

/**
 * Inflates zlib data of so many bytes to at most `most` bytes; returns how many there are, or less than 0 when the data are
 * damaged or of another form. There must be room for 16 bytes behind the input and 300 behind the output.
 */
export function inflate(length: i32, from: usize, most: i32, to: usize): i32 {
  if (!prepared) prepare();
  if (length < 6) return -1;
  const head = ((<u32>load<u8>(from)) << 8) | load<u8>(from, 1);
  if ((head & 0x0f00) != 0x0800 || head % 31 != 0 || (head & 0x20) != 0) return -1;
  input = from + 2;
  inputEnd = from + <usize>length - 4;
  bits = 0;
  count = 0;
  const end = to + <usize>most;
  let q = to;
  let last: u32 = 0;
  do {
    refill();
    last = take(1);
    const form = take(2);
    if (form == 0) q = plain(q, end);
    else {
      if (form == 3) return -1;
      if (form == 1) fixedCode();
      else if (!ownCode()) return -1;
      pairLiterals(LITERAL_BITS, literals);
      q = symbols(to, q, end);
    }
    if (q == 0 || q > end || overran()) return -1;
  } while (last == 0);
  input -= count >> 3;
  const size = <i32>(q - to);
  return bswap<u32>(load<u32>(input)) == adler32(size, to) ? size : -1;
}
