import { pipeline, Readable } from 'node:stream';
import { createGunzip, createInflateRaw } from 'node:zlib';
import { DriverError } from '../../../core/errors.js';
import { ByteQueue, type Chunks } from './byte-queue.js';

/** What stands before the name of a file in a ZIP archive. */
const zipHeaderBytes = 30;

/** How bytes are packed, by the first four. */
export function packing(head: Uint8Array): 'gzip' | 'zip' | 'none' {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  const isZip = head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
  return isZip ? 'zip' : 'none';
}

/**
 * Bytes of a recording as they were before gzip or ZIP packed them (of an archive its first file); others unchanged. Throws
 * a DriverError `device` for what cannot be unpacked.
 */
export async function* unpackedBytes(chunks: Chunks, name: string): AsyncGenerator<Uint8Array> {
  const queue = new ByteQueue(chunks);
  const kind = packing(await queue.peek(4));
  if (kind === 'none') {
    yield* queue.rest();
    return;
  }
  try {
    const packed = kind === 'gzip' ? createGunzip() : await insideZip(queue);
    // A fault of the packed bytes ends the unpacked ones as well: whoever reads them is told there.
    const plain =
      packed === undefined ? queue.rest() : pipeline(Readable.from(queue.rest()), packed, () => undefined);
    for await (const chunk of plain) yield chunk as Uint8Array;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DriverError('device', name, `${name} cannot be unpacked: ${why}`, { cause });
  }
}

/** Goes to the content of the first file of a ZIP archive; undefined: it is stored as it is. */
async function insideZip(queue: ByteQueue): Promise<ReturnType<typeof createInflateRaw> | undefined> {
  for (;;) {
    const header = await queue.take(zipHeaderBytes);
    if (header === undefined || packing(header) !== 'zip') throw new Error('there is no file in the archive');
    const view = new DataView(header.buffer);
    const [flags, method] = [view.getUint16(6, true), view.getUint16(8, true)];
    const [size, nameBytes, extraBytes] = [
      view.getUint32(18, true),
      view.getUint16(26, true),
      view.getUint16(28, true),
    ];
    const text = Buffer.from((await queue.take(nameBytes)) ?? []).toString('utf8');
    await queue.take(extraBytes);
    if (text.endsWith('/') && size === 0) continue;
    if ((flags & 1) !== 0) throw new Error(`${text} has a password: unpack it first`);
    if (method === 8) return createInflateRaw();
    if (method !== 0) throw new Error(`${text} is packed in an unusual way: unpack it first`);
    queue.end(size);
    return undefined;
  }
}
