import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DecodeError } from '../core/errors.js';

/** How to read a file. */
export interface FileSourceOptions {
  /** Offset of the first byte (default 0); of the packed bytes when the file is packed. */
  readonly start?: number;
  /** Bytes per chunk (default 1 MiB). */
  readonly chunkBytes?: number;
}

/**
 * Chunks of a file. The memory of a chunk is used again for the next one: take what is needed before pulling on.
 * Throws DecodeError when the file cannot be read.
 */
export async function* fileChunks(path: string, options: FileSourceOptions = {}): AsyncGenerator<Uint8Array> {
  const file = await open(path).catch((cause: unknown) => {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new DecodeError(path, `the file cannot be opened (${reason})`, 'check its name and permissions');
  });
  try {
    const memory = new Uint8Array(options.chunkBytes ?? 1 << 20);
    for (let at = options.start ?? 0; ; ) {
      const { bytesRead } = await file.read(memory, 0, memory.length, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield memory.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** As fileChunks, but unpacks a file that is packed with gzip (known by its first two bytes). */
export async function* inputChunks(
  path: string,
  options: FileSourceOptions = {},
): AsyncGenerator<Uint8Array> {
  for await (const first of fileChunks(path, { chunkBytes: 2 })) {
    if (first[0] === 0x1f && first[1] === 0x8b) {
      yield* unpacked(path, options);
      return;
    }
    break;
  }
  yield* fileChunks(path, options);
}

async function* unpacked(path: string, options: FileSourceOptions): AsyncGenerator<Uint8Array> {
  async function* copies(): AsyncGenerator<Uint8Array> {
    for await (const chunk of fileChunks(path, options)) yield chunk.slice();
  }
  const source = Readable.from(copies(), { objectMode: false });
  const gunzip = createGunzip({ chunkSize: options.chunkBytes ?? 1 << 20 });
  source.on('error', (cause) => gunzip.destroy(cause));
  try {
    for await (const chunk of source.pipe(gunzip)) yield chunk as Uint8Array;
  } catch (cause) {
    if (cause instanceof DecodeError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DecodeError(
      path,
      `the packed file is damaged (${reason})`,
      'unpack what is left of it by other means',
    );
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}
