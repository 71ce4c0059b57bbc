import { DriverError } from '../../../core/errors.js';
import { ByteQueue, type Chunks } from './byte-queue.js';

/** A file in an archive. */
export interface TarEntry {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** An archive that ends where it should not, or goes on as none; what came before is whole. */
export class BrokenArchive extends DriverError {
  constructor(archive: string, message: string) {
    super('device', archive, message);
  }
}

const blockBytes = 512;
/** Largest file in an archive that is taken. */
const largestBytes = 256 * 1024 * 1024;
/** Largest name or list of properties that stands before a file. */
const largestProperties = 1024 * 1024;

/** Whether bytes begin as a tar archive, plain or packed by bzip2. */
export function archiveKind(head: Uint8Array): 'tar' | 'bzip2' | undefined {
  if (textOf(head, 0, 3) === 'BZh') return 'bzip2';
  return head.length >= blockBytes && textOf(head, 257, 262) === 'ustar' ? 'tar' : undefined;
}

/**
 * Files of a tar archive (ustar, GNU or POSIX) in their order; only one is held in memory. Nothing is written anywhere: names
 * are names. Links, folders and files with holes are passed over. Throws a BrokenArchive for what is cut off or damaged, a
 * DriverError `device` for what is packed by bzip2.
 */
export async function* tarEntries(chunks: Chunks, archive: string): AsyncGenerator<TarEntry> {
  const queue = new ByteQueue(chunks);
  if (archiveKind(await queue.peek(blockBytes)) === 'bzip2')
    throw new DriverError('device', archive, `${archive} is packed by bzip2: unpack it first (bunzip2)`);
  let longName: string | undefined;
  for (let file = 1; ; file++) {
    const header = await queue.take(blockBytes);
    if (header === undefined && (await queue.peek(1)).length > 0)
      throw new BrokenArchive(archive, `${archive} is cut off before file number ${file}`);
    if (header === undefined || header[0] === 0) return;
    const type = textOf(header, 156, 157);
    const name = longName ?? nameOf(header);
    const size = Number.parseInt(textOf(header, 124, 136).trim(), 8);
    const most = 'LKxg'.includes(type) && type !== '' ? largestProperties : largestBytes;
    if (!(size >= 0 && size <= most) || textOf(header, 257, 262) !== 'ustar')
      throw new BrokenArchive(
        archive,
        `${archive} is damaged: there is no file where number ${file} should begin`,
      );
    const content = await queue.take(size);
    const padding = await queue.take((blockBytes - (size % blockBytes)) % blockBytes);
    if (content === undefined || padding === undefined)
      throw new BrokenArchive(archive, `${archive} is cut off within ${name}`);
    if (type === 'L') longName = textOf(content, 0, size);
    else if (type === 'x') longName = pathIn(content) ?? longName;
    else if (type !== 'g' && type !== 'K') longName = undefined;
    if (type === '0' || type === '') yield { name, bytes: content };
  }
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString('utf8').replace(/\0.*$/s, '');
}

/** Name in a header; POSIX keeps the folders of long ones apart. */
function nameOf(header: Uint8Array): string {
  const folders = textOf(header, 257, 263) === 'ustar' ? textOf(header, 345, 500) : '';
  return folders === '' ? textOf(header, 0, 100) : `${folders}/${textOf(header, 0, 100)}`;
}

/** Name among the properties that POSIX puts before a file: lines of `<length> key=value`. */
function pathIn(content: Uint8Array): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(Buffer.from(content).toString('utf8'))?.[1];
}
