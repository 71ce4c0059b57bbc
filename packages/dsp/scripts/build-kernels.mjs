/**
 * Compiles src/assembly to dist/kernels/{simd,scalar}.wasm, by way of dist/kernels/entry.ts (see float-kernels.mjs). Does nothing when both are newer than every source;
 * `--force` compiles anyway.
 */
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { entrySource } from './float-kernels.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src/assembly');
const target = join(root, 'dist/kernels');
const builds = { simd: ['--enable', 'simd'], scalar: ['--disable', 'simd'] };

const newest = Math.max(
  ...readdirSync(sources).map((name) => statSync(join(sources, name)).mtimeMs),
  ...['build-kernels.mjs', 'float-kernels.mjs'].map((name) => statSync(join(root, 'scripts', name)).mtimeMs),
);

function isFresh(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.mtimeMs >= newest;
}

mkdirSync(target, { recursive: true });
const entry = join(target, 'entry.ts');
for (const [name, features] of Object.entries(builds)) {
  const output = join(target, `${name}.wasm`);
  if (!process.argv.includes('--force') && isFresh(output)) continue;
  writeFileSync(entry, entrySource(sources, '../../src/assembly'));
  const options = [
    '-O3',
    '--converge',
    '--noAssert',
    '--runtime',
    'stub',
    '--importMemory',
    '--noExportMemory',
    '--disableWarning',
    '112',
    '--disableWarning',
    '235',
  ];
  const result = await asc.main([entry, '--outFile', output, ...options, ...features], {
    stdout: process.stdout,
    stderr: process.stderr,
  });
  if (result.error) {
    console.error(`the ${name} kernels did not compile: ${result.error.message}`);
    process.exit(1);
  }
}
