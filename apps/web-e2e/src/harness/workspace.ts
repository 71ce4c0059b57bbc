import { chmodSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of this checkout. */
export const workspace = fileURLToPath(new URL('../../../..', import.meta.url));

/** The command under test; another installation's can be named. */
export const command = process.env['COUNTROOM_COMMAND'] ?? join(workspace, 'countroom');

/** The browser to test with. */
export const browserPath = process.env['COUNTROOM_BROWSER'] ?? '/usr/bin/chromium';

/** Where pictures are put to be looked at; not under version control. */
export const pictureFolder = join(workspace, 'apps/web-e2e/pictures');

const testData = resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data');

/** A recorded file or an expectation of the test data; undefined where there is none. */
export function testDataFile(path: string): string | undefined {
  const file = join(testData, path);
  return existsSync(file) ? file : undefined;
}

/** A new folder that other accounts can enter: as root, the database runs under another one. */
export function newFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `countroom-e2e-${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}
