import { createReadStream } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { Readable } from 'node:stream';
import { consumerFiles } from '../../platform/files/consumer-files.js';
import type { FolderEntry } from './run-archive.js';

/** Files other than records that consumers wrote, `results/<consumer>/<file>`. */
export async function* resultFiles(folder: string): AsyncGenerator<FolderEntry> {
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined) return;
  for await (const { consumer, name, path } of consumerFiles(root))
    yield { name: `results/${consumer}/${name}`, open: () => openBelow(root, path) };
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
