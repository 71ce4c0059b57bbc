import { access, link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Lh5Error } from '../errors.js';
import { partName } from './part-name.js';

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A name beside `file` under which it is written until it is complete. */
export function temporaryName(file: string): string {
  return partName(file, 'part');
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Fails when the target is there and may not be replaced, or when its folder is not there. */
export async function checkTarget(file: string, overwrite: boolean): Promise<void> {
  if (!(await exists(dirname(file))))
    throw new Lh5Error('file-missing', `the folder ${dirname(file)} is not there: create it first`, { file });
  if (!overwrite && (await exists(file)))
    throw new Lh5Error('file-exists', 'is there already: choose another name or allow overwriting', { file });
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives a file its name unless there is one of that name, atomically where the file system knows hard links. */
async function renameNew(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file);
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST' || (await exists(file))) {
      throw new Lh5Error('file-exists', 'has been made by somebody else meanwhile', { file, cause });
    }
    await rename(temporary, file);
    return;
  }
  await rm(temporary);
}

/** Makes sure that the folder of a file knows its newest names. */
export async function syncFolder(file: string): Promise<void> {
  await sync(dirname(file));
}

/** Flushes the finished file to the disk and gives it its name. */
export async function commitFile(temporary: string, file: string, overwrite: boolean): Promise<void> {
  try {
    await sync(temporary);
    if (overwrite) await rename(temporary, file);
    else await renameNew(temporary, file);
    await syncFolder(file);
  } catch (cause) {
    if (cause instanceof Lh5Error) throw cause;
    throw new Lh5Error('io-failed', `cannot be finished: ${reasonOf(cause)}`, { file, cause });
  }
}

/** Removes what was written; a file that is not there is no failure. */
export async function removeTemporary(temporary: string): Promise<void> {
  await rm(temporary, { force: true });
}
