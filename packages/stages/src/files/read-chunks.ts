import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ByteInput } from '@countroom/pipeline';

/** Bytes of a chunk: large enough that the cost per chunk does not show. */
const chunkBytes = 1 << 20;

/**
 * A file as the input of a byte stage, read in chunks; gzip is undone on the way (known by its first bytes).
 * Throws the file system's error when it cannot be read.
 */
export async function fileInput(file: string): Promise<ByteInput> {
  const { size } = await stat(file);
  const raw = createReadStream(file, { highWaterMark: chunkBytes });
  const packed = await isGzip(file);
  const chunks = packed ? pipeline(raw, createGunzip({ chunkSize: chunkBytes }), () => undefined) : raw;
  return { name: basename(file), bytes: packed ? null : size, chunks };
}

async function isGzip(file: string): Promise<boolean> {
  const first = createReadStream(file, { end: 1 });
  for await (const chunk of first) {
    const bytes = chunk as Uint8Array;
    return bytes[0] === 0x1f && bytes[1] === 0x8b;
  }
  return false;
}
