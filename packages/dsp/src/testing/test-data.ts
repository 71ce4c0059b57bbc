import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspace = fileURLToPath(new URL('../../../..', import.meta.url));

/** Folder of reference values: COUNTROOM_TEST_DATA, resolved against the workspace root, or ../shared/data. */
export const testData = resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data');

/** JSON files of a folder below the test data, by name without `.json`; none when the folder is not there. */
export function jsonFiles(folder: string): { readonly name: string; readonly path: string }[] {
  const path = join(testData, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ name: file.slice(0, -'.json'.length), path: join(path, file) }));
}

/** A JSON file in the form that the caller states. */
export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
