import { fileURLToPath } from 'node:url';
import { compileAssembly } from '../../../tools/assembly/compile-assembly.mjs';

await compileAssembly({
  root: fileURLToPath(new URL('..', import.meta.url)),
  output: 'dist/compiled/lh5.wasm',
});
