import { open } from 'node:fs/promises';
import { DecodeError } from '../core/errors.js';
import { type Packing, packingBytes, packingOf, unpack } from './unpack.js';

/** How to read a file. */
export interface FileSourceOptions {
  /** Offset of the first byte (default 0); of the unpacked bytes when the file is packed. */
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

/** How a file is packed, by its first bytes; undefined when it is not. Throws DecodeError when it cannot be read. */
export async function filePacking(path: string): Promise<Packing | undefined> {
  for await (const first of fileChunks(path, { chunkBytes: packingBytes })) return packingOf(first);
  return undefined;
}

/** As fileChunks, but unpacks a file that is packed with gzip, bzip2 or Zstandard (known by its first bytes). */
export async function* inputChunks(
  path: string,
  options: FileSourceOptions = {},
): AsyncGenerator<Uint8Array> {
  const packing = await filePacking(path);
  if (packing === undefined) {
    yield* fileChunks(path, options);
    return;
  }
  const { start = 0, ...whole } = options;
  let passed = 0;
  for await (const chunk of unpack(fileChunks(path, whole), packing, path, options.chunkBytes)) {
    const skip = Math.min(chunk.length, Math.max(0, start - passed));
    passed += chunk.length;
    if (skip < chunk.length) yield chunk.subarray(skip);
  }
}
