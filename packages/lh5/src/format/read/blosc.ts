import { inflateSync } from 'node:zlib';
import { UnknownFormat } from '../../hdf5/source.js';
import { unshuffle } from '../../kernels/bytes.js';
import { Damage } from './byte-reader.js';
import { decodeSnappy } from './snappy.js';

type Bytes = Uint8Array<ArrayBuffer>;

const headBytes = 16;
const flag = { shuffled: 1, copied: 2, bitShuffled: 4, together: 16 } as const;
const snappy = 2;
const zlib = 3;
const codecNames = ['blosclz', 'lz4', 'snappy', 'zlib', 'zstd'];
/** Blocks with fewer elements are not split by the bytes of their elements. */
const leastSplitElements = 128;
const mostSplits = 16;

interface Head {
  readonly flags: number;
  readonly typeBytes: number;
  readonly blockBytes: number;
}

/** One block: as many streams as there are bytes in an element, or a single one, each behind its length. */
function block(
  bytes: Bytes,
  view: DataView,
  start: number,
  size: number,
  { flags, typeBytes }: Head,
  whole: boolean,
): Bytes {
  const splits =
    (flags & flag.together) === 0 &&
    typeBytes <= mostSplits &&
    size / typeBytes >= leastSplitElements &&
    whole;
  const streams = splits ? typeBytes : 1;
  const each = size / streams;
  const out = new Uint8Array(size);
  let at = start;
  for (let stream = 0; stream < streams; stream += 1) {
    if (at + 4 > bytes.byteLength) throw new Damage('a chunk of Blosc ends too early');
    const length = view.getInt32(at, true);
    const coded = bytes.subarray(at + 4, at + 4 + length);
    if (length < 0 || coded.byteLength !== length) throw new Damage('a chunk of Blosc ends too early');
    out.set(length === each ? coded : decoded(coded, each, flags >> 5), stream * each);
    at += 4 + length;
  }
  return (flags & flag.shuffled) !== 0 && typeBytes > 1 ? unshuffle(out, typeBytes) : out;
}

function decoded(coded: Bytes, size: number, codec: number): Uint8Array {
  return codec === snappy ? decodeSnappy(coded, size) : inflated(coded, size);
}

function inflated(coded: Bytes, size: number): Uint8Array {
  try {
    const plain = inflateSync(coded, { chunkSize: Math.max(64, size), maxOutputLength: Math.max(1, size) });
    if (plain.byteLength === size) return plain;
  } catch (cause) {
    throw new Damage(
      `a chunk of Blosc cannot be inflated: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
  throw new Damage('a block of Blosc is too short');
}

/**
 * Undoes Blosc (format 2) over `size` bytes where its inner codec is zlib or Snappy, which the plugin of the HDF5 library lacks, or none.
 * Fails with `UnknownFormat` for the other codecs.
 */
export function decodeBlosc(bytes: Bytes, size: number): Bytes {
  if (bytes.byteLength < headBytes) throw new Damage('a chunk of Blosc has no head');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head: Head = { flags: bytes[2]!, typeBytes: bytes[3]!, blockBytes: view.getUint32(8, true) };
  const plainBytes = view.getUint32(4, true);
  if (plainBytes !== size || head.typeBytes < 1 || (size > 0 && head.blockBytes < 1))
    throw new Damage(`a chunk of Blosc holds ${plainBytes} bytes where ${size} are expected`);
  if ((head.flags & flag.copied) !== 0) return bytes.slice(headBytes, headBytes + size);
  const codec = head.flags >> 5;
  if ((codec !== zlib && codec !== snappy) || (head.flags & flag.bitShuffled) !== 0)
    throw new UnknownFormat(`Blosc with ${codecNames[codec] ?? `codec ${codec}`}`);
  const out = new Uint8Array(size);
  const blocks = Math.ceil(size / head.blockBytes);
  if (headBytes + 4 * blocks > bytes.byteLength) throw new Damage('a chunk of Blosc ends too early');
  for (let k = 0; k < blocks; k += 1) {
    const first = k * head.blockBytes;
    const own = Math.min(head.blockBytes, size - first);
    const start = view.getUint32(headBytes + 4 * k, true);
    out.set(block(bytes, view, start, own, head, own === head.blockBytes), first);
  }
  return out;
}
