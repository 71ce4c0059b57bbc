import { createReadStream } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { Readable } from 'node:stream';
import { consumerFiles } from '../../platform/files/consumer-files.js';
import { type FolderEntry, textEntry } from './run-archive.js';

/**
 * Files other than records that consumers wrote, `results/<consumer>/<file>`, `most` of them; where there are more, a
 * text says how many.
 */
export async function resultFiles(folder: string, most?: number): Promise<FolderEntry[]> {
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined) return [];
  const { files, leftOut } = await consumerFiles(root, most);
  const entries = files.map(({ consumer, name, path }) => ({
    name: `results/${consumer}/${name}`,
    open: () => openBelow(root, path),
  }));
  if (leftOut === 0) return entries;
  const text = `${leftOut} more files of consumers are not in this archive, which has the first ${files.length}. They are on the disk of the server, in the folder analysis of the store.\n`;
  return [...entries, textEntry('results/LEFT-OUT.txt', text)];
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
