/**
 * Compiles src/assembly to dist/kernels/{simd,scalar}.wasm. Does nothing when both are newer than every source;
 * `--force` compiles anyway.
 */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src/assembly');
const target = join(root, 'dist/kernels');
const builds = { simd: ['--enable', 'simd'], scalar: ['--disable', 'simd'] };

const newest = Math.max(
  ...readdirSync(sources).map((name) => statSync(join(sources, name)).mtimeMs),
  statSync(fileURLToPath(import.meta.url)).mtimeMs,
);

function isFresh(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.mtimeMs >= newest;
}

mkdirSync(target, { recursive: true });
for (const [name, features] of Object.entries(builds)) {
  const output = join(target, `${name}.wasm`);
  if (!process.argv.includes('--force') && isFresh(output)) continue;
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
  ];
  const result = await asc.main([join(sources, 'index.ts'), '--outFile', output, ...options, ...features], {
    stdout: process.stdout,
    stderr: process.stderr,
  });
  if (result.error) {
    console.error(`the ${name} kernels did not compile: ${result.error.message}`);
    process.exit(1);
  }
}
