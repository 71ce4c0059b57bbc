import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ClaimedJob } from './claim.repository.js';

/**
 * Where the result of this try goes, below the store: every try has a name of its own, so that two workers that both
 * believe to have the job never write to one file.
 */
export function outputPath({ job, token }: ClaimedJob, dataKind: string): string {
  const run = String(job.run.number).padStart(6, '0');
  const name = `${job.detector.name}-${run}-${dataKind}-${job.lineageHash.slice(0, 12)}`;
  return `${dataKind}/${job.detector.name}/${run}/${name}.${job.id.slice(-8)}-${token}.lh5`;
}

/** Makes the folder, and removes what earlier tries of the same job left there. */
export async function prepareOutput(file: string): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const own = basename(file).replace(/-\d+\.lh5$/, '-');
  for (const name of await readdir(folder)) {
    // Temporary files have a dot before and their process behind the name.
    if (name.replace(/^\./, '').startsWith(own)) await removeFile(join(folder, name));
  }
}

export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true });
}
