import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@countroom/contracts';
import { FormatProbe, requirePackedFormat } from './file-format.js';

/** A file that is complete on the disk, under a temporary name. */
export interface IncomingFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly format: string;
}

export interface IncomingOptions {
  readonly folder: string;
  /** For people. */
  readonly name: string;
  readonly limitBytes: number;
  /** Space that stays free on the disk. */
  readonly reserveBytes: number;
  /** Bytes that are to come, when that is known beforehand. */
  readonly expectedBytes?: number | undefined;
  readonly freeBytes?: (folder: string) => Promise<number>;
}

const spaceCheckBytes = 64 << 20;
const abandonedMs = 24 * 3_600_000;

/** Writes what comes to a temporary file, never holding more than a piece; leaves nothing behind when it fails. */
export async function receiveFile(
  source: AsyncIterable<Uint8Array>,
  options: IncomingOptions,
): Promise<IncomingFile> {
  const { folder, expectedBytes } = options;
  await mkdir(folder, { recursive: true });
  if (expectedBytes !== undefined && expectedBytes > options.limitBytes) throw tooLarge(options);
  await checkSpace(options, expectedBytes ?? 0);
  const path = join(folder, `${randomUUID()}.part`);
  const file = await open(path, 'wx', 0o640);
  try {
    const written = await write(source, file, options);
    await file.sync();
    const format = written.format ?? (await requirePackedFormat(path, options.name));
    return { path, ...written, format };
  } catch (error) {
    await rm(path, { force: true });
    throw isDiskFull(error) ? diskFull(options, error) : error;
  } finally {
    await file.close();
  }
}

async function write(
  source: AsyncIterable<Uint8Array>,
  file: FileHandle,
  options: IncomingOptions,
): Promise<Omit<IncomingFile, 'path' | 'format'> & { readonly format: string | null }> {
  const hash = createHash('sha256');
  let bytes = 0;
  let checkAt = spaceCheckBytes;
  const probe = new FormatProbe(options.name);
  for await (const piece of source) {
    bytes += piece.byteLength;
    if (bytes > options.limitBytes) throw tooLarge(options);
    probe.push(piece);
    if (bytes >= checkAt) {
      await checkSpace(options, 0);
      checkAt = bytes + spaceCheckBytes;
    }
    hash.update(piece);
    await file.writeFile(piece);
  }
  return { bytes, sha256: hash.digest('hex'), format: probe.require() };
}

async function checkSpace(options: IncomingOptions, needed: number): Promise<void> {
  const free = await (options.freeBytes ?? freeBytesOf)(options.folder);
  if (free - needed < options.reserveBytes) throw diskFull(options);
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function tooLarge({ name, limitBytes }: IncomingOptions): AppError {
  return new AppError(
    'body.too-large',
    `${name} is larger than ${limitBytes / 2 ** 30} GiB, the limit of uploads (COUNTROOM_UPLOAD_LIMIT_GIB); put it into the server's import folder instead.`,
  );
}

function diskFull({ name }: IncomingOptions, cause?: unknown): AppError {
  return new AppError(
    'storage.full',
    `There is too little space on the server's disk for ${name}; make room in the data store.`,
    { cause },
  );
}

function isDiskFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** Removes what a process that was killed left behind; files still being written are young. */
export async function removeAbandoned(folder: string, now = Date.now()): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    const facts = await stat(path).catch(() => undefined);
    if (name.endsWith('.part') && facts !== undefined && now - facts.mtimeMs > abandonedMs)
      await rm(path, { force: true });
  }
}
