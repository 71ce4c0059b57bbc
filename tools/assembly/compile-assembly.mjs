/**
 * Compiles the AssemblyScript of a package to one WebAssembly file, when a source is newer than it.
 *
 *   import { compileAssembly } from '../../../tools/assembly/compile-assembly.mjs';
 *   await compileAssembly({ root, output: 'dist/compiled/name.wasm' });
 */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

/**
 * Compiles `src/assembly/index.ts` below `root` to `output` with SIMD and an imported memory. Ends the process with 1 and the
 * compiler's message when that fails. `--force` on the command line compiles in any case.
 */
export async function compileAssembly({ root, output }) {
  const sources = join(root, 'src/assembly');
  const target = join(root, output);
  const newest = Math.max(
    ...readdirSync(sources).map((name) => statSync(join(sources, name)).mtimeMs),
    statSync(fileURLToPath(import.meta.url)).mtimeMs,
  );
  const found = statSync(target, { throwIfNoEntry: false });
  if (!process.argv.includes('--force') && found !== undefined && found.mtimeMs >= newest) return;
  mkdirSync(dirname(target), { recursive: true });
  const options = [
    '-O3',
    '--converge',
    '--noAssert',
    '--runtime',
    'stub',
    '--importMemory',
    '--noExportMemory',
    '--enable',
    'simd',
  ];
  const result = await asc.main([join(sources, 'index.ts'), '--outFile', target, ...options], {
    stdout: process.stdout,
    stderr: process.stderr,
  });
  if (result.error) {
    process.stderr.write(`the kernels did not compile: ${result.error.message}\n`);
    process.exit(1);
  }
}
