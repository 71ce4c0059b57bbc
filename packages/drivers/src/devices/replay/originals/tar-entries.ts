import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DriverError } from '../../../core/errors.js';

/** A file in an archive. */
export interface TarEntry {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

const blockBytes = 512;
/** Largest file in an archive that is taken. */
const largestBytes = 256 * 1024 * 1024;

/** Whether bytes begin as a tar archive, plain or packed by gzip or bzip2. */
export function archiveKind(head: Uint8Array): 'tar' | 'gzip' | 'bzip2' | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  const text = (from: number, to: number): string => Buffer.from(head.subarray(from, to)).toString('latin1');
  if (text(0, 3) === 'BZh') return 'bzip2';
  return head.length >= blockBytes && text(257, 262) === 'ustar' ? 'tar' : undefined;
}

/**
 * Files of a tar archive (ustar, GNU or POSIX), plain or packed by gzip, in their order; only one is held in memory.
 * Throws a DriverError `device` for what is no such archive, is cut off, or is packed by bzip2.
 */
export async function* tarEntries(chunks: Chunks, archive: string): AsyncGenerator<TarEntry> {
  const bytes = new ByteQueue(unpacked(chunks, archive));
  for (let file = 1; ; file++) {
    const header = await bytes.take(blockBytes);
    if (header === undefined || header[0] === 0) return;
    const text = (from: number, to: number): string =>
      Buffer.from(header.subarray(from, to)).toString('utf8').replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 136).trim(), 8);
    if (!(size >= 0 && size <= largestBytes) || text(257, 262) !== 'ustar')
      throw new DriverError(
        'device',
        archive,
        file === 1
          ? `${archive} is packed and holds no tar archive: unpack it first`
          : `${archive} is damaged: there is no file where number ${file} should begin`,
      );
    const content = await bytes.take(size);
    const padding = await bytes.take((blockBytes - (size % blockBytes)) % blockBytes);
    if (content === undefined || padding === undefined)
      throw new DriverError('device', archive, `${archive} is cut off within ${text(0, 100)}`);
    const type = text(156, 157);
    if (type === '0' || type === '') yield { name: text(0, 100), bytes: content };
  }
}

async function* unpacked(chunks: Chunks, archive: string): AsyncGenerator<Uint8Array> {
  const parts = (async function* () {
    yield* chunks;
  })();
  const first = await parts.next();
  if (first.done === true) return;
  const kind = archiveKind(first.value);
  if (kind === 'bzip2')
    throw new DriverError('device', archive, `${archive} is packed by bzip2: unpack it first (bunzip2)`);
  const whole = (async function* () {
    yield first.value;
    yield* parts;
  })();
  if (kind !== 'gzip') {
    yield* whole;
    return;
  }
  try {
    for await (const chunk of Readable.from(whole).pipe(createGunzip())) yield chunk as Uint8Array;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DriverError('device', archive, `${archive} cannot be unpacked: ${why}`, { cause });
  }
}

/** Bytes of a stream in pieces of any length. */
class ByteQueue {
  private rest: Uint8Array = new Uint8Array(0);

  constructor(private readonly chunks: AsyncGenerator<Uint8Array>) {}

  /** So many bytes; undefined when there are fewer. */
  async take(count: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const parts: Uint8Array[] = [this.rest];
    let length = this.rest.length;
    while (length < count) {
      const next = await this.chunks.next();
      if (next.done === true) return undefined;
      parts.push(next.value);
      length += next.value.length;
    }
    const all = parts.length === 1 ? this.rest : Buffer.concat(parts);
    this.rest = all.subarray(count);
    return Uint8Array.from(all.subarray(0, count));
  }
}
