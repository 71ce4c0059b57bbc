import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { filePacking, growingChunks, inputChunks } from '@countroom/decoders/files';
import { type ByteInput, StageError } from '@countroom/pipeline';

/** How to read a file that is still being written. */
export interface FollowInput {
  /** The file is complete when it has not grown for so long, ms; without it only `stop` ends the reading. */
  readonly idleMs?: number;
  /** Ends the reading: what is there by then is taken, and the output is completed. */
  readonly stop?: AbortSignal;
}

/**
 * A file as the input of a byte stage, read in chunks; gzip, bzip2 and Zstandard are undone on the way (known by the
 * first bytes). The memory of a chunk is used again for the next one.
 * Throws the file system's error when it cannot be read.
 */
export async function fileInput(file: string): Promise<ByteInput> {
  const { size } = await stat(file);
  const packing = await filePacking(file);
  return {
    name: basename(file),
    bytes: packing === undefined ? size : null,
    chunks: inputChunks(file),
    from: (start) => inputChunks(file, { start }),
  };
}

/**
 * As fileInput, of a file that grows while it is read. `cancel` ends the waiting, too.
 * Throws a StageError for a packed file, which has no end to wait at.
 */
export async function growingInput(
  file: string,
  { idleMs, stop }: FollowInput,
  cancel?: AbortSignal,
): Promise<ByteInput> {
  if ((await filePacking(file)) !== undefined) {
    throw new StageError('input', `${file} is packed: a packed file cannot be followed; take the plain one`);
  }
  const ends = [stop, cancel].filter((signal) => signal !== undefined);
  const from = (start: number): AsyncIterable<Uint8Array> =>
    growingChunks(file, {
      start,
      ...(idleMs === undefined ? {} : { idleMs }),
      ...(ends.length === 0 ? {} : { stop: AbortSignal.any(ends) }),
    });
  return { name: basename(file), bytes: null, chunks: from(0), from };
}
