import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The workspace that this command line belongs to. */
export const workspace = fileURLToPath(new URL('../../../..', import.meta.url));

/**
 * Runs one of the product's programs in the foreground; signals go to it, its exit code becomes ours. `ifKilled` is said
 * when it was killed and could not say anything itself.
 */
export async function runProgram(entry: string, args: readonly string[], ifKilled = ''): Promise<void> {
  const child = spawn(process.execPath, [join(workspace, entry), ...args], { stdio: 'inherit' });
  // The terminal sends Ctrl-C to the whole group: this process only waits until the child has stopped in order.
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const forward = signals.map((signal) => {
    const handler = (): void => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (exitCode, signal) => {
      if (signal !== null) process.stderr.write(`Ended by ${signal}. ${ifKilled}\n`);
      resolve(exitCode ?? (signal === null ? 1 : 128 + constants.signals[signal]));
    });
  });
  for (const { signal, handler } of forward) process.off(signal, handler);
  process.exitCode = code;
}
