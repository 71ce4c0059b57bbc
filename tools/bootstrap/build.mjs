/**
 * Builds what is stale: the database client, the TypeScript projects, the compiled kernels and codecs and,
 * with `web`, the dashboard. Run by ./countroom.
 *
 *   node tools/bootstrap/build.mjs code|web
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { cache, ensureCache, fail, hashFiles, root } from './workspace.mjs';

const web = process.argv[2] === 'web';

await withLock(() => {
  // Taken before the work: what changes while it runs is stale again afterwards.
  const begun = new Date();
  process.stderr.write('Building what has changed ...\n');
  run('The database client', ['tools/migrate/generate.mjs'], root);
  run('The code', [join(root, 'node_modules/typescript/bin/tsc'), '-b'], root);
  run('The signal processing kernels', ['scripts/build-kernels.mjs'], join(root, 'packages/dsp'));
  run('The codecs of files', ['scripts/build-kernels.mjs'], join(root, 'packages/lh5'));
  run('The loops of expressions', ['scripts/build-kernels.mjs'], join(root, 'packages/expressions'));
  run('The simulated oscilloscopes', ['scripts/build-native.mjs'], join(root, 'packages/drivers'));
  if (web) {
    const shared = ['contracts', 'client', 'run-model', 'records', 'dsp', 'parameters'];
    const inputs = ['apps/web', ...shared.map((name) => `packages/${name}/src`)];
    unlessBuilt('web', inputs, 'apps/web/.next/BUILD_ID', () => {
      process.stderr.write('Building the dashboard (about a minute) ...\n');
      run('The dashboard', [join(root, 'node_modules/next/dist/bin/next'), 'build'], join(root, 'apps/web'));
    });
  }
  for (const part of web ? ['code', 'web'] : ['code']) stamp(part, begun);
});

function run(what, argv, cwd) {
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
  });
  if (status !== 0) fail(`${stdout}${stderr}\n${what} could not be built; the reason stands above.`);
}

function unlessBuilt(name, inputs, output, build) {
  const file = join(cache, `${name}.sha256`);
  const present = inputs.filter((folder) => existsSync(join(root, folder)));
  const before = hashFiles(present);
  if (existsSync(join(root, output)) && existsSync(file) && readFileSync(file, 'utf8') === before) return;
  build();
  ensureCache();
  // The build itself may touch its folder (next-env.d.ts): what counts is how it is left.
  writeFileSync(file, hashFiles(present));
}

function stamp(part, begun) {
  const file = join(cache, `built-${part}.json`);
  writeFileSync(file, readFileSync(join(root, 'package.json')));
  utimesSync(file, begun, begun);
}
