import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const cache = join(root, '.cache');

/** Ends this program with a line for the person who started it. */
export function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

export function ensureCache() {
  try {
    mkdirSync(cache, { recursive: true });
  } catch (error) {
    failOnCache(error);
  }
}

/** Something has to be installed or built, and this account may not do it here. */
export function failOnCache(error) {
  fail(
    `${cache} cannot be written to (${error.message}). Let the owner of this folder run "./countroom build" once.`,
  );
}

const made = new Set(['node_modules', 'dist', 'build', '.next', 'generated', '.cache']);

/** SHA-256 over names and contents of all source files below the folders (relative to the checkout). */
export function hashFiles(folders) {
  const hash = createHash('sha256');
  const visit = (path) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const inner = join(path, entry.name);
      if (entry.isDirectory() && !made.has(entry.name)) visit(inner);
      else if (entry.isFile())
        hash
          .update(inner)
          .update('\0')
          .update(readFileSync(join(root, inner)));
    }
  };
  for (const folder of folders) visit(folder);
  return hash.digest('hex');
}
