import { Lh5Error } from '../errors.js';
import { sourceOf } from '../format/read/file-source.js';
import { UnknownFormat } from '../hdf5/source.js';
import type { Lh5Reader } from '../ports.js';
import { readerOn } from '../read/reader.js';
import { RemoteBytes } from './remote-bytes.js';

/** Whether this is the address of a file on a server. */
export function isRemote(file: string): boolean {
  return /^https?:\/\//.test(file);
}

async function sizeOf(url: string): Promise<number> {
  const fail = (reason: string, cause?: unknown): never => {
    throw new Lh5Error('file-missing', `cannot be opened: ${reason}`, { file: url, cause });
  };
  const response = await fetch(url, { headers: { range: 'bytes=0-0' } }).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return fail(cause instanceof Error ? cause.message : String(cause), error);
  });
  await response.body?.cancel();
  if (!response.ok) fail(`the server answers ${response.status}`);
  const range = /^bytes \d+-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  if (response.status !== 206 || range === null)
    return fail('the server does not give parts of files (range requests): download it first');
  return Number(range[1]);
}

/**
 * Opens a file on a server; only the parts that are asked for are fetched, descriptions in pages of 64 KiB. What only the HDF5
 * library knows (see the reader) cannot be read from afar and is an error.
 */
export async function openRemoteReader(url: string): Promise<Lh5Reader> {
  const size = await sizeOf(url);
  try {
    return readerOn(
      sourceOf(url, () => new RemoteBytes(url, size)),
      () =>
        Promise.reject(
          new Lh5Error('argument-invalid', 'has something that cannot be read from afar: download it first', {
            file: url,
          }),
        ),
    );
  } catch (cause) {
    if (!(cause instanceof UnknownFormat)) throw cause;
    throw new Lh5Error('argument-invalid', `has ${cause.message}: download it first`, { file: url, cause });
  }
}
