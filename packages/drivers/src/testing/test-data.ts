import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspace = fileURLToPath(new URL('../../../..', import.meta.url));

/** A JSON file whose content has keys. */
export interface JsonFile {
  readonly name: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** JSON files of a folder below a root, which is resolved against the workspace; none when it is not there. */
export function jsonFiles(root: string, folder: string): JsonFile[] {
  const path = join(resolve(workspace, root), folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({
      name,
      content: JSON.parse(readFileSync(join(path, name), 'utf8')) as JsonFile['content'],
    }));
}
