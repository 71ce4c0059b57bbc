import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a running (or crashed) server left in its data folder. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
}

export function readPostmasterFile(folder: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return Number.isInteger(pid) && pid > 0 && Number.isInteger(port) ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

/** Processes of a server working in this data folder: each of them has it as its working folder. */
export function serverProcesses(folder: string): number[] {
  const real = realpathSync(folder);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return (
          readlinkSync(`/proc/${pid}/cwd`) === real && readlinkSync(`/proc/${pid}/exe`).includes('postgres')
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

/**
 * Makes the data folder free for a new server: ends one that outlived its supervisor, and removes the
 * pid file of one that died (its number may belong to any other program by now).
 */
export async function clearDataFolder(
  folder: string,
  deadlineMs = 30_000,
): Promise<'free' | 'stale' | 'stopped'> {
  const left = readPostmasterFile(folder);
  let processes = serverProcesses(folder);
  if (processes.length === 0) {
    if (left === undefined) return 'free';
    rmSync(join(folder, 'postmaster.pid'), { force: true });
    return 'stale';
  }
  const main = left !== undefined && processes.includes(left.pid) ? left.pid : undefined;
  // Without their main process the others end by themselves as soon as they notice.
  if (main !== undefined) process.kill(main, 'SIGINT');
  for (const end = Date.now() + deadlineMs; processes.length > 0; processes = serverProcesses(folder)) {
    if (Date.now() > end) {
      throw new Error(
        `Another PostgreSQL (process ${processes.join(', ')}) works in ${folder} and does not stop. ` +
          'Stop it, then start again.',
      );
    }
    await sleep(50);
  }
  if (main === undefined) rmSync(join(folder, 'postmaster.pid'), { force: true });
  return 'stopped';
}
