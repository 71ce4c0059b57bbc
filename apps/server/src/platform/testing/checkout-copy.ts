import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../config/workspace-root.js';

const leftOut = new Set(['.git', '.nx', '.env', 'data', 'test-results']);

/** This checkout as it is built, at another place; what is installed is shared by hard links where that goes. */
export function copyCheckout(target: string): void {
  mkdirSync(target);
  for (const name of readdirSync(workspaceRoot)) {
    if (leftOut.has(name)) continue;
    const linked =
      name === 'node_modules' && copy(['-al', '--no-preserve=ownership'], name, target) === undefined;
    if (linked) continue;
    const failure = copy(['-a', '--no-preserve=ownership', '-f'], name, target);
    if (failure !== undefined) throw new Error(`${name} cannot be copied to ${target}: ${failure}`);
  }
  // What is built counts as fresh, also while somebody edits the sources.
  const now = new Date();
  for (const part of ['code', 'web']) utimesSync(join(target, '.cache', `built-${part}.json`), now, now);
}

function copy(options: readonly string[], name: string, target: string): string | undefined {
  const { status, stderr, error } = spawnSync('cp', [...options, join(workspaceRoot, name), target], {
    encoding: 'utf8',
  });
  return status === 0 ? undefined : (error?.message ?? stderr.trim().slice(0, 1000));
}

/** Processes of this machine whose command line or environment names one of the folders. */
export function processesNaming(folders: readonly string[]): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids
    .filter((pid) => {
      const text = `${procText(pid, 'cmdline')}\0${procText(pid, 'environ')}`;
      return folders.some((folder) => text.includes(folder));
    })
    .map(Number);
}

function procText(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    // It has ended, or belongs to somebody else.
    return '';
  }
}
