import type { BitReader } from './bit-reader.js';

const groupSymbols = 50;
const longestCode = 20;
const runA = 0;
const runB = 1;

/** Polynomial 0x04C11DB7, the highest bit first. */
const checksumTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit++) sum = sum < 0 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  return sum >>> 0;
});

/** A code: symbols in the order of their codes, and per length the last code and what turns codes into places. */
interface Code {
  readonly symbols: Uint16Array;
  readonly limits: Int32Array;
  readonly bases: Int32Array;
  readonly shortest: number;
}

/** One block of a bzip2 stream; the memory is used again for the next one. */
export class Bzip2Block {
  private readonly places: Uint32Array;
  private length = 0;
  private origin = 0;

  /** @param level how many 100 000 bytes a block has at most, 1 to 9 */
  constructor(level: number) {
    this.places = new Uint32Array(100_000 * level);
  }

  /** Reads a block behind its magic number. `pieces` must be taken to the end before the next block is read. */
  read(reader: BitReader): {
    readonly checksum: number;
    readonly pieces: (pieceBytes: number) => Generator<Uint8Array>;
  } {
    const checksum = reader.word();
    if (reader.bits(1) === 1)
      throw new RangeError('it was made by a version that is no longer in use (0.9.0)');
    this.origin = reader.bits(24);
    const used = usedBytes(reader);
    const groups = reader.bits(3);
    const count = reader.bits(15);
    if (groups < 2 || groups > 6 || count < 1) throw new RangeError('its code tables make no sense');
    const selectors = readSelectors(reader, groups, count);
    const codes = Array.from({ length: groups }, () => readCode(reader, used.length + 2));
    this.readSymbols(reader, selectors, codes, used);
    if (this.origin >= this.length) throw new RangeError('a block begins outside of itself');
    return { checksum, pieces: (pieceBytes) => this.pieces(checksum, pieceBytes) };
  }

  /** Huffman codes of moves to the front and of runs, into bytes; then where each byte's successor is. */
  private readSymbols(
    reader: BitReader,
    selectors: Uint8Array,
    codes: readonly Code[],
    used: Uint8Array,
  ): void {
    const { places } = this;
    const front = used.slice();
    const counts = new Uint32Array(256);
    const endSymbol = used.length + 1;
    let length = 0;
    let run = 0;
    let runUnit = 1;
    for (let i = 0; ; i++) {
      const selector = selectors[Math.floor(i / groupSymbols)];
      if (selector === undefined) throw new RangeError('a block has more symbols than announced');
      const symbol = readSymbol(reader, codes[selector]!);
      if (symbol <= runB) {
        run += symbol === runA ? runUnit : 2 * runUnit;
        runUnit *= 2;
        if (run > places.length) throw new RangeError('a block is longer than announced');
        continue;
      }
      if (length + run + 1 > places.length && symbol !== endSymbol)
        throw new RangeError('a block is longer than announced');
      if (run > 0) {
        if (length + run > places.length) throw new RangeError('a block is longer than announced');
        const byte = front[0]!;
        places.fill(byte, length, length + run);
        counts[byte]! += run;
        length += run;
        run = 0;
        runUnit = 1;
      }
      if (symbol === endSymbol) break;
      const byte = front[symbol - 1]!;
      front.copyWithin(1, 0, symbol - 1);
      front[0] = byte;
      places[length++] = byte;
      counts[byte]!++;
    }
    this.length = length;
    let sum = 0;
    for (let byte = 0; byte < 256; byte++) {
      const count = counts[byte]!;
      counts[byte] = sum;
      sum += count;
    }
    for (let i = 0; i < length; i++) places[counts[places[i]! & 0xff]!++]! |= i << 8;
  }

  /** The bytes of the block: four equal ones are followed by how many more of them there are. */
  private *pieces(checksum: number, pieceBytes: number): Generator<Uint8Array> {
    const { places } = this;
    let piece = new Uint8Array(pieceBytes);
    let filled = 0;
    let sum = 0xffffffff;
    let place = places[this.origin]! >>> 8;
    let last = -1;
    let equal = 0;
    for (let i = 0; i < this.length; i++) {
      const entry = places[place]!;
      const byte = entry & 0xff;
      place = entry >>> 8;
      let repeat = 1;
      if (equal === 4) {
        repeat = byte;
        equal = 0;
      } else {
        equal = byte === last ? equal + 1 : 1;
        last = byte;
      }
      for (; repeat > 0; repeat--) {
        sum = (sum << 8) ^ checksumTable[(sum >>> 24) ^ last]!;
        piece[filled++] = last;
        if (filled === pieceBytes) {
          yield piece;
          piece = new Uint8Array(pieceBytes);
          filled = 0;
        }
      }
      if (equal === 0) last = -1;
    }
    if (filled > 0) yield piece.subarray(0, filled);
    if (~sum >>> 0 !== checksum) throw new RangeError('the checksum of a block is another one');
  }
}

function usedBytes(reader: BitReader): Uint8Array {
  const rows = reader.bits(16);
  const used: number[] = [];
  for (let row = 0; row < 16; row++) {
    if (((rows >> (15 - row)) & 1) === 0) continue;
    const columns = reader.bits(16);
    for (let column = 0; column < 16; column++)
      if (((columns >> (15 - column)) & 1) === 1) used.push(16 * row + column);
  }
  if (used.length === 0) throw new RangeError('a block uses no bytes');
  return Uint8Array.from(used);
}

function readSelectors(reader: BitReader, groups: number, count: number): Uint8Array {
  const front = Uint8Array.from({ length: groups }, (_, group) => group);
  return Uint8Array.from({ length: count }, () => {
    let place = 0;
    while (reader.bits(1) === 1)
      if (++place >= groups) throw new RangeError('it names a code that is not there');
    const group = front[place]!;
    front.copyWithin(1, 0, place);
    front[0] = group;
    return group;
  });
}

function readCode(reader: BitReader, symbols: number): Code {
  const lengths = new Uint8Array(symbols);
  let length = reader.bits(5);
  for (let symbol = 0; symbol < symbols; symbol++) {
    for (;;) {
      if (length < 1 || length > longestCode) throw new RangeError('a code has an impossible length');
      if (reader.bits(1) === 0) break;
      length += reader.bits(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  return codeOf(lengths);
}

function codeOf(lengths: Uint8Array): Code {
  const counts = new Int32Array(longestCode + 2);
  for (const length of lengths) counts[length]!++;
  const symbols = new Uint16Array(lengths.length);
  const limits = new Int32Array(longestCode + 2).fill(-1);
  const bases = new Int32Array(longestCode + 2);
  let place = 0;
  let code = 0;
  for (let length = 1; length <= longestCode; length++) {
    bases[length] = place - code;
    for (let symbol = 0; symbol < lengths.length; symbol++)
      if (lengths[symbol] === length) symbols[place++] = symbol;
    code += counts[length]!;
    limits[length] = code - 1;
    code <<= 1;
  }
  return { symbols, limits, bases, shortest: Math.min(...lengths) };
}

function readSymbol(reader: BitReader, { symbols, limits, bases, shortest }: Code): number {
  let length = shortest;
  let code = reader.bits(length);
  while (code > limits[length]!) {
    if (++length > longestCode) throw new RangeError('it holds a code that there is not');
    code = (code << 1) | reader.bits(1);
  }
  const symbol = symbols[code + bases[length]!];
  if (symbol === undefined) throw new RangeError('it holds a code that there is not');
  return symbol;
}
