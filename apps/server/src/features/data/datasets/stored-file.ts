import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, resolve, sep } from 'node:path';
import { AppError } from '@countroom/contracts';

/** A dataset's place: a store of this installation, and a path below that store's folder. */
export interface StoredPlace {
  readonly store: string;
  readonly path: string;
}
export interface StoredFile {
  readonly path: string;
  /** For people: without the folders of this machine. */
  readonly name: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** The path of a file below a folder; undefined when it would lead out of it. */
export function pathBelow(folder: string, path: string): string | undefined {
  if (path === '' || path.includes('\0') || isAbsolute(path)) return undefined;
  const root = resolve(folder);
  const found = resolve(root, path);
  return found.startsWith(root.endsWith(sep) ? root : `${root}${sep}`) ? found : undefined;
}

/** The file of a dataset on this machine. Throws `gone` when it is not there. */
export async function findStoredFile(
  stores: Readonly<Record<string, string>>,
  { store, path }: StoredPlace,
): Promise<StoredFile> {
  const folder = Object.hasOwn(stores, store) ? stores[store] : undefined;
  if (folder === undefined) {
    throw new AppError(
      'gone',
      `The file is in store ${store}, which this server does not know; name its folder in COUNTROOM_STORES.`,
    );
  }
  const file = pathBelow(folder, path);
  if (file === undefined) throw new AppError('gone', `The path ${path} leads out of store ${store}.`);
  try {
    const [root, real, facts] = await Promise.all([realpath(folder), realpath(file), stat(file)]);
    if (pathBelow(root, real.slice(root.length + 1)) !== real || !facts.isFile())
      throw new AppError('gone', `${path} of store ${store} is not a file of that store.`);
    return { path: real, name: path, bytes: facts.size, modifiedMs: facts.mtimeMs };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(
      'gone',
      `The file ${path} cannot be found in store ${store}: put it back there from a backup, or make it again.`,
      { cause },
    );
  }
}
