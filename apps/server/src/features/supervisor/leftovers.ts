import { setTimeout as sleep } from 'node:timers/promises';
import type { Instance } from './instance-file.js';
import { isAlive, type ProcessIdentity } from './process-identity.js';

/**
 * Children of a supervisor that was killed notice that it is gone and close by themselves, a running run
 * included. Waits for them; the deadline ends those that hang.
 */
export async function waitForLeftovers(left: Instance | undefined, deadlineMs: number): Promise<string[]> {
  const remaining = (left?.processes ?? []).filter((facts): facts is typeof facts & ProcessIdentity => {
    return (
      facts.pid !== undefined && facts.start !== undefined && isAlive({ pid: facts.pid, start: facts.start })
    );
  });
  const end = Date.now() + deadlineMs;
  while (Date.now() < end && remaining.some(isAlive)) await sleep(50);
  const hanging = remaining.filter(isAlive);
  for (const { pid } of hanging) killGroup(pid, 'SIGKILL');
  return hanging.map(({ name }) => name);
}

/** Ends a process and all it started. */
export function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
