import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Instance, readInstance } from './instance-file.js';

export interface InstanceStatus extends Omit<Instance, 'start'> {
  readonly state: 'running' | 'starting' | 'lost';
}

/** What runs with this data folder; undefined when nothing does. */
export function instanceStatus(dataFolder: string): InstanceStatus | undefined {
  const found = readInstance(dataFolder);
  if (found === undefined) return undefined;
  const { host, pid, startedAt, address, processes } = found.instance;
  const settled = processes.length > 0 && processes.every(({ state }) => state !== 'starting');
  const state = !found.alive ? 'lost' : settled ? 'running' : 'starting';
  return { state, host, pid, startedAt, address, processes };
}

/** Asks the supervisor of this data folder to stop everything, and waits for it. False when none was running. */
export async function stopInstance(dataFolder: string, deadlineMs = 180_000): Promise<boolean> {
  const found = readInstance(dataFolder);
  if (found === undefined || !found.alive) return false;
  const { host, pid } = found.instance;
  if (host !== hostname()) {
    throw new Error(`Countroom runs with this data folder on ${host} (process ${pid}); stop it there.`);
  }
  process.kill(pid, 'SIGTERM');
  const end = Date.now() + deadlineMs;
  while (readInstance(dataFolder)?.alive === true) {
    if (Date.now() > end) {
      throw new Error(
        `Countroom (process ${pid}) is still closing after ${deadlineMs / 1000} s; see the logs in ${dataFolder}/logs.`,
      );
    }
    await sleep(50);
  }
  return true;
}
