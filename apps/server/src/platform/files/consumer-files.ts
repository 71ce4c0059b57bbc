import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that a consumer wrote during a run. */
export interface ConsumerFile {
  readonly consumer: string;
  readonly name: string;
  readonly path: string;
}

/** Records that consumers keep: these are packed and registered by those who write them. */
const records = /\.(lh5|spool|open)$/;
const plainName = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;
const mostFiles = 20_000;

/** Folder of what consumers wrote during a run, below the folder of the store. */
export function consumerFolder(detector: string, runId: string): string {
  return `analysis/${detector}/${runId}`;
}

/** Files of the consumers of one run. */
export interface ConsumerFiles {
  readonly files: readonly ConsumerFile[];
  /** How many more there are: of so many, the rest stays in the folder of the run, unnamed. */
  readonly leftOut: number;
}

/**
 * Files `<consumer>/<file>` below the folder of a run, in the order of their names, `most` of them. Only plain files are
 * taken: a link could lead out of it.
 */
export async function consumerFiles(folder: string, most = mostFiles): Promise<ConsumerFiles> {
  const files: ConsumerFile[] = [];
  let leftOut = 0;
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined) return { files, leftOut };
  for (const consumer of await sorted(root)) {
    if (!consumer.isDirectory() || !plainName.test(consumer.name)) continue;
    const found = await filesOf(join(root, consumer.name));
    const taken = found.slice(0, Math.max(0, most - files.length));
    leftOut += found.length - taken.length;
    for (const file of taken) files.push({ consumer: consumer.name, ...file });
  }
  return { files, leftOut };
}

/** Names of the consumers that have a folder. */
export async function consumersOf(folder: string): Promise<string[]> {
  const entries = await sorted(folder);
  return entries.filter((entry) => entry.isDirectory() && plainName.test(entry.name)).map(({ name }) => name);
}

async function filesOf(folder: string): Promise<{ name: string; path: string }[]> {
  const entries = await sorted(folder);
  return entries
    .filter((entry) => entry.isFile() && plainName.test(entry.name) && !records.test(entry.name))
    .map(({ name }) => ({ name, path: join(folder, name) }));
}

async function sorted(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
