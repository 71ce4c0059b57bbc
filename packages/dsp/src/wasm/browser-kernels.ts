import { canRun, compileKernels, type KernelModule } from './kernel-module.js';

async function fetchBytes(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(url);
  if (!answer.ok)
    throw new Error(`the kernels could not be loaded from ${url.pathname}: ${answer.status.toString()}`);
  return new Uint8Array(await answer.arrayBuffer());
}

let loading: Promise<KernelModule> | undefined;

async function load(): Promise<KernelModule> {
  const bytes = await fetchBytes(new URL('../kernels/simd.wasm', import.meta.url));
  if (canRun(bytes)) return compileKernels('simd', bytes);
  return compileKernels('scalar', await fetchBytes(new URL('../kernels/scalar.wasm', import.meta.url)));
}

/**
 * The kernels for a page or its workers, fetched and compiled once: the SIMD build where the browser has SIMD, else the
 * scalar one. A bundler serves the two files as assets. Rejects when they cannot be fetched; the next call tries again.
 */
export function browserKernels(): Promise<KernelModule> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
