import { resolve } from 'node:path';
import { Lh5Error } from '../errors.js';
import { checkTarget, commitFile } from './commit.js';
import { Journal } from './journal.js';
import { finishInPlace } from './resume.js';

/**
 * Makes a file `out` of what had been written of `file` when its writer was broken off, up to the last state that was kept. Files that
 * were written together with it come beside it under their own names with `.recovered` before the ending. Returns the names.
 * Fails when nothing was kept, when the writer is alive, and when `out` is there.
 */
export async function recoverFile(file: string, out: string): Promise<string[]> {
  const target = resolve(file);
  await checkTarget(out, false);
  const taken = await Journal.takeOver(target);
  if (taken === undefined)
    throw new Lh5Error('file-missing', 'nothing was kept of it that could be recovered', { file });
  const made: string[] = [];
  for (const snapshot of taken.content.writers) {
    const name = snapshot.file === target ? out : snapshot.file.replace(/(\.[^./]*)?$/, '.recovered$1');
    await finishInPlace(snapshot);
    await commitFile(snapshot.temporary, name, false);
    made.push(name);
  }
  await taken.journal.remove();
  return made;
}
