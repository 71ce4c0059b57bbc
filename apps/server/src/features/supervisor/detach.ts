import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { z } from 'zod';
import { childEnvironment } from '../../platform/config/load-config.js';
import { openLogFile } from './log-files.js';

/** What a detached supervisor reports to the terminal it was started from, before that lets go. */
export const detachedMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('say'), line: z.string() }),
  z.object({ type: z.literal('up'), address: z.string().optional(), setupLink: z.string().optional() }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type DetachedMessage = z.infer<typeof detachedMessage>;

export interface DetachOptions {
  readonly entry: string;
  readonly argv: readonly string[];
  readonly logFolder: string;
  readonly say: (line: string) => void;
}

/** Starts this program again in the background; resolves when that is up. */
export function startDetached(options: DetachOptions): Promise<Extract<DetachedMessage, { type: 'up' }>> {
  const log = openLogFile(options.logFolder, 'supervisor');
  const child = spawn(process.execPath, [options.entry, ...options.argv], {
    detached: true,
    env: childEnvironment({ COUNTROOM_DETACHED: '1' }),
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(
        new Error(
          `Countroom ended at once (exit code ${code ?? 'unknown'}); see ${options.logFolder}/supervisor.log.`,
        ),
      ),
    );
    child.on('message', (raw) => {
      const message = detachedMessage.parse(raw);
      if (message.type === 'say') {
        options.say(message.line);
        return;
      }
      child.removeAllListeners();
      child.disconnect();
      child.unref();
      if (message.type === 'up') resolve(message);
      else reject(new Error(message.message));
    });
  });
}
