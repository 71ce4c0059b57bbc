import { basename, join } from 'node:path';
import { removeTemporary } from './commit.js';
import { Journal } from './journal.js';
import { isAbandoned, namesIn, parsePartName } from './part-name.js';

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
