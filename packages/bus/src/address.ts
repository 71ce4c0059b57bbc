import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Longest path of a local socket in bytes; the system refuses longer ones. */
export const longestSocketPath = 107;

/**
 * Address of the local socket `name` in a folder, which is made (for its owner alone) when it is missing. When the path
 * would be too long for a socket, a folder named by a hash of the wanted one below the temporary folder is used instead:
 * the same on every call, so that both ends meet. Throws an Error when even that is too long.
 */
export function localAddress(folder: string, name: string): string {
  for (const candidate of [folder, fallbackFolder(folder)]) {
    const path = join(candidate, `${name}.sock`);
    if (Buffer.byteLength(path) > longestSocketPath) continue;
    mkdirSync(candidate, { recursive: true, mode: 0o700 });
    return `ipc://${path}`;
  }
  throw new Error(
    `No socket path for ${name} fits into ${longestSocketPath} bytes: choose a shorter temporary folder (TMPDIR).`,
  );
}

/** Removes the folder below the temporary one that stood in for `folder`, with its sockets; does nothing when there is none. */
export function removeFallbackFolder(folder: string): void {
  rmSync(fallbackFolder(folder), { recursive: true, force: true });
}

function fallbackFolder(folder: string): string {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return join(tmpdir(), `countroom-${userInfo().uid}-${hash}`);
}
