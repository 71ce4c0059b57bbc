import { readFileSync } from 'node:fs';
import { canRun, compileKernels, type KernelModule } from './kernel-module.js';

const compiled = new Map<string, KernelModule>();

function bytesOf(build: 'simd' | 'scalar'): Uint8Array<ArrayBuffer> {
  const url = new URL(`../../dist/kernels/${build}.wasm`, import.meta.url);
  try {
    return new Uint8Array(readFileSync(url));
  } catch (cause) {
    throw new Error(`the compiled kernels are missing (${url.pathname}): build the dsp package first`, {
      cause,
    });
  }
}

/**
 * The kernels as built beside this package, compiled once per thread: the SIMD build where the machine has SIMD,
 * else the scalar one; or the one asked for. Node only: a browser fetches the file and calls compileKernels.
 */
export function nodeKernels(build?: 'simd' | 'scalar'): KernelModule {
  const known = compiled.get(build ?? 'best');
  if (known !== undefined) return known;
  const bytes = bytesOf(build ?? 'simd');
  const module =
    build === undefined && !canRun(bytes)
      ? compileKernels('scalar', bytesOf('scalar'))
      : compileKernels(build ?? 'simd', bytes);
  compiled.set(build ?? 'best', module);
  return module;
}
