import { open, stat } from 'node:fs/promises';
import { Lh5Error } from '../errors.js';
import { normalizePath } from '../hdf5/place.js';
import type { Hdf5Kind } from '../hdf5/source.js';
import { absolute, guarded, type ObjectAt } from './location.js';
import { loadHdf5, takeDiagnostics } from './module.js';

const signature = Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function sizeOf(file: string): Promise<number> {
  try {
    const facts = await stat(file);
    if (!facts.isFile()) throw new Lh5Error('file-missing', 'is not a file', { file });
    return facts.size;
  } catch (cause) {
    if (cause instanceof Lh5Error) throw cause;
    throw new Lh5Error('file-missing', `cannot be opened: ${reasonOf(cause)}`, { file, cause });
  }
}

/** HDF5 files carry their signature at byte 0, or at 512, 1024, 2048 … behind a user block. */
async function hasSignature(file: string, size: number): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const head = Buffer.alloc(signature.length);
    for (let at = 0; at + signature.length <= size; at = at === 0 ? 512 : at * 2) {
      await handle.read(head, 0, head.length, at);
      if (head.equals(signature)) return true;
    }
    return false;
  } finally {
    await handle.close();
  }
}

function refusal(said: string | undefined): string {
  const truncated = /truncated file: eof = (\d+).*stored_eof = (\d+)/.exec(said ?? '');
  if (truncated !== null)
    return `is truncated: ${truncated[1] ?? ''} of ${truncated[2] ?? ''} bytes are there; copy it again`;
  return `is damaged or still being written${said === undefined ? '' : ` (HDF5: ${said})`}`;
}

/**
 * Opens an HDF5 file for reading. Fails with an `Lh5Error` when it is missing, unreadable, no HDF5 file, truncated or
 * damaged in its head.
 */
export async function openForReading(file: string): Promise<ObjectAt> {
  const size = await sizeOf(file);
  const found = await hasSignature(file, size).catch((cause: unknown) => {
    throw new Lh5Error('io-failed', `cannot be read: ${reasonOf(cause)}`, { file, cause });
  });
  if (!found) throw new Lh5Error('file-damaged', size === 0 ? 'is empty' : 'is not an HDF5 file', { file });
  const library = await loadHdf5();
  takeDiagnostics();
  const root = { library, id: -1n, file, path: '' };
  const id = guarded(root, 'file-damaged', () => library.open(file, library.H5F_ACC_RDONLY, false, -1, -1));
  if (id < 0n) throw new Lh5Error('file-damaged', refusal(takeDiagnostics()), { file });
  return { ...root, id };
}

/**
 * Creates an HDF5 file (readable by HDF5 1.10 and later). `name` stands for it in messages. Fails when there is one
 * already.
 */
export async function createFile(file: string, name: string): Promise<ObjectAt> {
  const library = await loadHdf5();
  takeDiagnostics();
  const root = { library, id: -1n, file: name, path: '' };
  const id = guarded(root, 'io-failed', () =>
    library.open(file, library.H5F_ACC_EXCL, false, library.H5F_LIBVER_V110, library.H5F_LIBVER_V112),
  );
  if (id < 0n)
    throw new Lh5Error('io-failed', `cannot be created (HDF5: ${takeDiagnostics() ?? 'no reason given'})`, {
      file: name,
    });
  return { ...root, id };
}

/** Closes a file; fails when HDF5 could not write what was left. */
export function closeFile(root: ObjectAt): void {
  const status = guarded(root, 'io-failed', () => root.library.close_file(root.id));
  if (status < 0)
    throw new Lh5Error('io-failed', `cannot be closed (HDF5: ${takeDiagnostics() ?? 'no reason given'})`, {
      file: root.file,
    });
}

/** Hands everything to the operating system. */
export function flushFile(root: ObjectAt): void {
  const status = guarded(root, 'io-failed', () => root.library.flush(root.id));
  if (status < 0)
    throw new Lh5Error('io-failed', `cannot be written (HDF5: ${takeDiagnostics() ?? 'no reason given'})`, {
      file: root.file,
    });
}

const mostLinks = 16;

/**
 * Whether the way to an object leads out of its file by an external link. Such links are shown but not followed: a file that
 * somebody hands in must not open others.
 */
function leavesFile(at: ObjectAt, plain: Set<string>, links: number): boolean {
  const { library } = at;
  const parts = at.path.split('/');
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const prefix = `/${parts.slice(0, depth).join('/')}`;
    if (plain.has(prefix)) continue;
    const external: unknown = library.get_external_link(at.id, prefix);
    if (typeof external === 'object' && external !== null && 'filename' in external) return true;
    const target: unknown = library.get_symbolic_link(at.id, prefix);
    if (typeof target !== 'string') {
      plain.add(prefix);
      continue;
    }
    const base = target.startsWith('/') ? [] : parts.slice(0, depth - 1);
    const path = normalizePath([...base, target, ...parts.slice(depth)].join('/'));
    return links >= mostLinks || leavesFile({ ...at, path }, plain, links + 1);
  }
  return false;
}

/**
 * What is at a place; links that cannot be followed, or that lead to other files, are `link`. `plain` remembers the paths of
 * one unchanging file that are no links, which saves looking again.
 */
export function kindAt(at: ObjectAt, plain = new Set<string>()): Hdf5Kind {
  return guarded(at, 'file-damaged', () => {
    const { library } = at;
    if (at.path === '') return 'group';
    if (leavesFile(at, plain, 0)) return 'link';
    const type = library.get_type(at.id, absolute(at));
    if (type === library.H5G_GROUP) return 'group';
    if (type === library.H5G_DATASET) return 'dataset';
    if (type === library.H5G_LINK || type === library.H5G_UDLINK) return 'link';
    return type === library.H5G_TYPE ? 'datatype' : 'missing';
  });
}

/** Names of the objects in a group, sorted. */
export function childNames(at: ObjectAt): string[] {
  return guarded(at, 'file-damaged', () => [...at.library.get_names(at.id, absolute(at), false)].sort());
}

/** Where a link points to, as text: a path, or `file:path`. */
export function linkTarget(at: ObjectAt): string {
  return guarded(at, 'file-damaged', () => {
    const { library } = at;
    const target: unknown = library.get_symbolic_link(at.id, absolute(at));
    if (typeof target === 'string') return target.replace(/\0+$/, '');
    const external: unknown = library.get_external_link(at.id, absolute(at));
    if (
      typeof external !== 'object' ||
      external === null ||
      !('filename' in external) ||
      !('obj_path' in external)
    )
      return '';
    return `${String(external.filename)}:${String(external.obj_path)}`;
  });
}

/** Creates a group; its parent must be there. */
export function createGroup(at: ObjectAt): void {
  guarded(at, 'io-failed', () => {
    const status = at.library.create_group(at.id, absolute(at), false);
    if (status < 0)
      throw new Lh5Error(
        'io-failed',
        `the group cannot be created (HDF5: ${takeDiagnostics() ?? 'no reason given'})`,
        { file: at.file, object: at.path },
      );
  });
}
