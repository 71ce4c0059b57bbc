import { createReadStream } from 'node:fs';
import { open, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { FolderEntry } from './run-archive.js';

/** What consumers keep as records: these are data, not text. */
const data = /\.(lh5|h5|hdf5|spool|open)$/;
const plainName = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;
const mostFiles = 20_000;

/**
 * Text files that consumers wrote, `results/<consumer>/<file>`, in the order of their names. Only plain files below
 * the folder are taken: a link could lead out of it.
 */
export async function* resultFiles(folder: string): AsyncGenerator<FolderEntry> {
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined) return;
  let left = mostFiles;
  for (const consumer of await sorted(root)) {
    if (!consumer.isDirectory() || !plainName.test(consumer.name)) continue;
    for (const file of await sorted(join(root, consumer.name))) {
      if (!file.isFile() || !plainName.test(file.name) || data.test(file.name)) continue;
      if (left-- <= 0) return;
      const path = join(root, consumer.name, file.name);
      yield { name: `results/${consumer.name}/${file.name}`, open: () => openBelow(root, path) };
    }
  }
}

async function sorted(folder: string): Promise<import('node:fs').Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What is in the file now: one that is still written to is cut at the end that it has when it is opened. */
async function openBelow(root: string, path: string): Promise<Readable> {
  const real = await realpath(path);
  if (!real.startsWith(`${root}${sep}`)) throw new Error(`${path} leads out of the folder of the run`);
  const handle = await open(real, 'r');
  try {
    const { size } = await handle.stat();
    if (size > 0) return createReadStream(real, { fd: handle, end: size - 1 });
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return Readable.from([]);
}
