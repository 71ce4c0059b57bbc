import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DecodeError } from '../core/errors.js';
import { unpackBzip2 } from './bzip2.js';
import { ZstdFrames } from './zstd-frames.js';
import { ZstdThread } from './zstd-thread.js';

/** How a file is packed. */
export type Packing = 'gzip' | 'bzip2' | 'zstd';

/** Bytes that are enough to know how a file is packed. */
export const packingBytes = 10;

const signatures: readonly (readonly [Packing, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
];
const bzip2Blocks = ['314159265359', '177245385090'];

/** How a file that begins with these bytes is packed; undefined when it is not. */
export function packingOf(first: Uint8Array): Packing | undefined {
  const known = signatures.find(([, bytes]) => bytes.every((byte, index) => first[index] === byte));
  if (known !== undefined) return known[0];
  const hex = Buffer.from(first.subarray(0, packingBytes)).toString('hex');
  return hex.startsWith('425a68') && bzip2Blocks.includes(hex.slice(8)) ? 'bzip2' : undefined;
}

/**
 * Unpacks chunks as they come; memory does not grow with the input. Take what is needed of a chunk before pulling on.
 * Throws DecodeError that names `input` when it is damaged or cut off.
 */
export async function* unpack(
  chunks: AsyncIterable<Uint8Array>,
  packing: Packing,
  input: string,
  chunkBytes = 1 << 20,
): AsyncGenerator<Uint8Array> {
  const unpackers = { gzip: unpackGzip, bzip2: unpackBzip2, zstd: unpackZstd };
  try {
    yield* unpackers[packing](chunks, chunkBytes);
  } catch (cause) {
    if (cause instanceof DecodeError || !(cause instanceof Error) || cause.name === 'AbortError') throw cause;
    throw new DecodeError(
      input,
      `the packed file (${packing}) is damaged: ${cause.message}`,
      'unpack what is left of it by other means',
    );
  }
}

/** The least that the library takes. */
const leastGzipChunk = 64;

async function* unpackGzip(
  chunks: AsyncIterable<Uint8Array>,
  chunkBytes: number,
): AsyncGenerator<Uint8Array> {
  async function* copies(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) yield chunk.slice();
  }
  const source = Readable.from(copies(), { objectMode: false });
  const gunzip = createGunzip({ chunkSize: Math.max(leastGzipChunk, chunkBytes) });
  source.on('error', (cause) => gunzip.destroy(cause));
  try {
    for await (const chunk of source.pipe(gunzip)) yield chunk as Uint8Array;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

/** Packed bytes that are given to the unpacker at once: even 128 KiB from every four of them make no more than 64 MiB. */
const zstdPieceBytes = 2048;

async function* unpackZstd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const frames = new ZstdFrames();
  const unpacker = new ZstdThread();
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += zstdPieceBytes) {
        const piece = chunk.slice(at, at + zstdPieceBytes);
        frames.pass(piece);
        yield* await unpacker.push(piece);
      }
    }
    yield* await unpacker.push(new Uint8Array(0), true);
  } finally {
    await unpacker.close();
  }
}
