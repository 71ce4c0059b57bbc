import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { filePacking, inputChunks } from '@countroom/decoders/files';
import type { ByteInput } from '@countroom/pipeline';

/**
 * A file as the input of a byte stage, read in chunks; gzip, bzip2 and Zstandard are undone on the way (known by the
 * first bytes). The memory of a chunk is used again for the next one.
 * Throws the file system's error when it cannot be read.
 */
export async function fileInput(file: string): Promise<ByteInput> {
  const { size } = await stat(file);
  const packing = await filePacking(file);
  return { name: basename(file), bytes: packing === undefined ? size : null, chunks: inputChunks(file) };
}
