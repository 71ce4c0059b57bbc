/** Compiles src/assembly to dist/compiled/lh5.wasm. Does nothing when that is newer than every source; `--force` compiles anyway. */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src/assembly');
const output = join(root, 'dist/compiled/lh5.wasm');

const newest = Math.max(
  ...readdirSync(sources).map((name) => statSync(join(sources, name)).mtimeMs),
  statSync(fileURLToPath(import.meta.url)).mtimeMs,
);
const found = statSync(output, { throwIfNoEntry: false });

if (process.argv.includes('--force') || found === undefined || found.mtimeMs < newest) {
  mkdirSync(join(root, 'dist/compiled'), { recursive: true });
  const result = await asc.main(
    [
      join(sources, 'index.ts'),
      '--outFile',
      output,
      '-O3',
      '--converge',
      '--noAssert',
      '--runtime',
      'stub',
      '--importMemory',
      '--noExportMemory',
      '--enable',
      'simd',
    ],
    { stdout: process.stdout, stderr: process.stderr },
  );
  if (result.error) {
    console.error(`the kernels did not compile: ${result.error.message}`);
    process.exit(1);
  }
}
