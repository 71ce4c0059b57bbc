/**
 * Builds what is stale: the database client, the TypeScript projects, the compiled kernels and codecs and,
 * with `web`, the dashboard. Run by ./countroom.
 *
 *   node tools/bootstrap/build.mjs code|web
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { cache, ensureCache, fail, hashFiles, root } from './workspace.mjs';

const web = process.argv[2] === 'web';

await withLock(async () => {
  // Taken before the work: what changes while it runs is stale again afterwards.
  const begun = new Date();
  process.stderr.write('Building what has changed ...\n');
  await run('The database client', ['tools/migrate/generate.mjs'], root);
  await Promise.all([
    run('The code', [join(root, 'node_modules/typescript/bin/tsc'), '-b'], root),
    buildCompiledParts(),
  ]);
  if (web) {
    const shared = ['contracts', 'client', 'run-model', 'records', 'dsp', 'parameters'];
    const inputs = ['apps/web', ...shared.map((name) => `packages/${name}/src`)];
    await unlessBuilt('web', inputs, 'apps/web/.next/BUILD_ID', () => {
      process.stderr.write('Building the dashboard (about a minute) ...\n');
      return run(
        'The dashboard',
        [join(root, 'node_modules/next/dist/bin/next'), 'build'],
        join(root, 'apps/web'),
      );
    });
  }
  for (const part of web ? ['code', 'web'] : ['code']) stamp(part, begun);
});

/** From sources of their own: the compiler of the code has nothing to do with them. */
async function buildCompiledParts() {
  await run('The signal processing kernels', ['scripts/build-kernels.mjs'], join(root, 'packages/dsp'));
  await run('The codecs of files', ['scripts/build-kernels.mjs'], join(root, 'packages/lh5'));
  await run('The loops of expressions', ['scripts/build-kernels.mjs'], join(root, 'packages/expressions'));
  await run('The simulated oscilloscopes', ['scripts/build-native.mjs'], join(root, 'packages/drivers'));
}

function run(what, argv, cwd) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, argv, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    });
    // Nothing goes on behind a build that failed or was interrupted.
    const stop = () => child.kill();
    process.once('exit', stop);
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(text));
    child.once('close', (status) => {
      process.off('exit', stop);
      if (status === 0) resolve();
      else fail(`${Buffer.concat(said)}\n${what} could not be built; the reason stands above.`);
    });
  });
}

async function unlessBuilt(name, inputs, output, build) {
  const file = join(cache, `${name}.sha256`);
  const present = inputs.filter((folder) => existsSync(join(root, folder)));
  const before = hashFiles(present);
  if (existsSync(join(root, output)) && existsSync(file) && readFileSync(file, 'utf8') === before) return;
  await build();
  ensureCache();
  // The build itself may touch its folder (next-env.d.ts): what counts is how it is left.
  writeFileSync(file, hashFiles(present));
}

function stamp(part, begun) {
  const file = join(cache, `built-${part}.json`);
  writeFileSync(file, readFileSync(join(root, 'package.json')));
  utimesSync(file, begun, begun);
}
