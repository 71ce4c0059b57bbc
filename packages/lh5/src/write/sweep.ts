import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { removeTemporary } from './commit.js';
import { Journal } from './journal.js';
import { isAbandoned, parsePartName } from './part-name.js';

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

/**
 * Removes what writers of this file have left behind that are gone: half-written data, and what was kept to go on with them.
 * Nothing of a process that is alive, nor of another machine.
 */
export async function sweepParts(file: string): Promise<void> {
  const [folder, target] = [dirname(file), basename(file)];
  for (const name of await namesIn(folder)) {
    const part = parsePartName(name);
    if (part?.target === target && isAbandoned(part)) await removeTemporary(join(folder, name));
  }
}

/**
 * As sweepParts, for all files of a folder, but keeps what can be gone on with (`keepResumable`). Returns the names of what
 * was removed.
 */
export async function sweepFolder(folder: string, keepResumable = true): Promise<string[]> {
  const parts = (await namesIn(folder)).flatMap((name) => {
    const part = parsePartName(name);
    return part === undefined ? [] : [{ name, part }];
  });
  const needed = new Set<string>();
  for (const { name, part } of parts) {
    if (part.kind !== 'journal') continue;
    const content = await Journal.read(join(folder, name));
    if (content === undefined) continue;
    needed.add(name);
    for (const { temporary } of content.writers) needed.add(basename(temporary));
  }
  const removed: string[] = [];
  for (const { name, part } of parts) {
    if (!isAbandoned(part) || (keepResumable && needed.has(name))) continue;
    await removeTemporary(join(folder, name));
    removed.push(name);
  }
  return removed;
}
