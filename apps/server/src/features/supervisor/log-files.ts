import {
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';

const largest = 32 * 2 ** 20;
const kept = 3;

/** Opened for appending, so that truncating a file that grew too large keeps its writer going. */
export function openLogFile(folder: string, name: string): number {
  mkdirSync(folder, { recursive: true, mode: 0o750 });
  return openSync(join(folder, `${name}.log`), 'a', 0o640);
}

/** Moves what is too large aside: name.log.1 is the newest of three. */
export function rotateLogs(folder: string, limit = largest): string[] {
  if (!existsSync(folder)) return [];
  const grown = readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).size > limit);
  for (const file of grown) {
    for (let age = kept - 1; age >= 1; age -= 1) {
      if (existsSync(`${file}.${age}`)) renameSync(`${file}.${age}`, `${file}.${age + 1}`);
    }
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
  }
  return grown;
}
