import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Root of the shared test data, from COUNTROOM_TEST_DATA or beside the workspace; undefined when not there. */
export function testDataRoot(start = import.meta.dirname): string | undefined {
  let workspace = start;
  while (!existsSync(join(workspace, 'nx.json'))) {
    if (dirname(workspace) === workspace) return undefined;
    workspace = dirname(workspace);
  }
  const root = resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data');
  return existsSync(root) ? root : undefined;
}
