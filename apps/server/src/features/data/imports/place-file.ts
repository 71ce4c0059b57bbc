import { access, mkdir, open, rename, rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Moves a complete file to its place, so that it is there after a loss of power. */
export async function putInPlace(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
  const folder = await open(dirname(to), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Gives a catalogued file that got lost its bytes back. */
export async function restoreIfMissing(from: string, to: string): Promise<void> {
  const isThere = await access(to).then(
    () => true,
    () => false,
  );
  if (!isThere) await putInPlace(from, to);
}

export function removeFile(path: string): Promise<void> {
  return rm(path, { force: true });
}

/** Removes a file and the folder that was made for it. */
export async function removeWithFolder(path: string): Promise<void> {
  await removeFile(path);
  await rmdir(dirname(path)).catch(() => undefined);
}
