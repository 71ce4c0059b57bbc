import { BitReader } from './bit-reader.js';
import { Bzip2Block } from './bzip2-block.js';

const blockMagic = 0x314159265359;
const endMagic = 0x177245385090;

/** Most bytes that a block takes up packed: every symbol in the longest code, and the tables. */
function mostPackedBytes(level: number): number {
  return level * 250_000 + 65_536;
}

/**
 * Unpacks bzip2, also several packed files in succession, block by block: at most one packed block and one unpacked one
 * are in memory. Throws a RangeError for damage, also where a checksum says so.
 */
export async function* unpackBzip2(
  chunks: AsyncIterable<Uint8Array>,
  pieceBytes = 1 << 20,
): AsyncGenerator<Uint8Array> {
  const reader = new BitReader();
  let block: Bzip2Block | undefined;
  let level = 0;
  let sums = 0;
  /** Unpacks what is there; with `final` all of it. */
  function* step(final: boolean): Generator<Uint8Array> {
    for (;;) {
      if (level === 0) {
        if (reader.bytesLeft === 0 || (!final && reader.bytesLeft < 4)) return;
        level = readLevel(reader);
        block = new Bzip2Block(level);
        sums = 0;
      }
      if (!final && reader.bytesLeft < mostPackedBytes(level)) return;
      const magic = reader.bits(24) * 2 ** 24 + reader.bits(24);
      if (magic === blockMagic) {
        const { pieces, checksum } = block!.read(reader);
        yield* pieces(pieceBytes);
        sums = ((sums << 1) | (sums >>> 31)) ^ checksum;
      } else if (magic === endMagic) {
        if ((reader.word() | 0) !== (sums | 0))
          throw new RangeError('the checksum of all blocks is another one');
        reader.align();
        level = 0;
      } else {
        throw new RangeError('a block does not begin as it should');
      }
    }
  }
  for await (const chunk of chunks) {
    reader.push(chunk);
    yield* step(false);
  }
  yield* step(true);
  if (block === undefined) throw new RangeError('there is nothing in it');
}

function readLevel(reader: BitReader): number {
  const level = reader.bits(24) === 0x425a68 ? reader.bits(8) - 0x30 : 0;
  if (level < 1 || level > 9) throw new RangeError('it goes on with something that is not bzip2');
  return level;
}
