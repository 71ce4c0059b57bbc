import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The workspace that this command line belongs to. */
export const workspace = fileURLToPath(new URL('../../../..', import.meta.url));

/** Runs one of the product's programs in the foreground; signals go to it, its exit code becomes ours. */
export async function runProgram(entry: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [`${workspace}/${entry}`, ...args], { stdio: 'inherit' });
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
      resolve(exitCode ?? (signal === null ? 1 : 128));
    });
  });
  for (const { signal, handler } of forward) process.off(signal, handler);
  process.exitCode = code;
}
