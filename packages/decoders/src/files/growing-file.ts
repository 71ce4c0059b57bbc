import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { DecodeError } from '../core/errors.js';
import type { FileSourceOptions } from './file-source.js';

/** How to follow a file that is still being written. */
export interface GrowingFileOptions extends FileSourceOptions {
  /** The file is taken as complete when it has not grown for so long, ms. Default: never. */
  readonly idleMs?: number;
  /** How often to look for more, ms (default 200). */
  readonly pollMs?: number;
  /**
   * Ends the following: what is there by then is read, and the source ends without an error. Whoever cancels the decoding
   * must stop the source, too, which may be waiting.
   */
  readonly stop?: AbortSignal;
}

/**
 * Chunks of a file that grows: as fileChunks, but at the end of the file waits for more. An empty chunk says that all
 * there is has been given, once until there is more. The memory of a chunk is used again for the next one.
 * Throws DecodeError when the file cannot be read, or has become shorter than what was read of it.
 */
export async function* growingChunks(
  path: string,
  options: GrowingFileOptions = {},
): AsyncGenerator<Uint8Array> {
  const { start = 0, chunkBytes = 1 << 20, idleMs = Infinity, pollMs = 200, stop } = options;
  const file = await open(path).catch((cause: unknown) => {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new DecodeError(path, `the file cannot be opened (${reason})`, 'check its name and permissions');
  });
  try {
    const memory = new Uint8Array(chunkBytes);
    let at = start;
    let told = false;
    for (let idleSince = performance.now(); ; ) {
      // Asked before the read: what was written before the stop is still read.
      const isLast = stop?.aborted === true || performance.now() - idleSince >= idleMs;
      const { bytesRead } = await file.read(memory, 0, memory.length, at);
      if (bytesRead > 0) {
        at += bytesRead;
        idleSince = performance.now();
        told = false;
        yield memory.subarray(0, bytesRead);
        continue;
      }
      if ((await file.stat()).size < at) {
        throw new DecodeError(path, 'the file has become shorter while it was read', 'begin again');
      }
      if (isLast) return;
      if (!told) yield memory.subarray(0, 0);
      told = true;
      await delay(Math.min(pollMs, idleMs), undefined, stop === undefined ? {} : { signal: stop }).catch(
        () => undefined,
      );
    }
  } finally {
    await file.close();
  }
}
