import type { KernelInstance, KernelModule } from '../wasm/kernel-module.js';
import { nodeKernels } from '../wasm/node-kernels.js';

/** Bytes of an instance that is used again; larger ones are made as they are wanted. */
const sharedBytes = 4 * 1024 * 1024;

/** A module whose instances share one memory, emptied for each: for chains of which one is done before the next is planned. */
function reusing(module: KernelModule): KernelModule {
  let shared: KernelInstance | undefined;
  return {
    build: module.build,
    instantiate(bytes) {
      if (bytes > sharedBytes) return module.instantiate(bytes);
      shared ??= module.instantiate(sharedBytes);
      new Uint8Array(shared.buffer, shared.firstFreeByte, bytes).fill(0);
      return shared;
    },
  };
}

/** A module without any compiled kernel: chains fall back to the references. */
export const referenceOnly: KernelModule = {
  build: 'scalar',
  instantiate: (bytes) => ({
    buffer: new ArrayBuffer(bytes + 64),
    firstFreeByte: 64,
    kernel: () => undefined,
  }),
};

/** The three ways in which a kernel can run; of each, one chain at a time. */
export const implementations: readonly { readonly name: string; readonly kernels: KernelModule }[] = [
  { name: 'simd', kernels: reusing(nodeKernels('simd')) },
  { name: 'scalar', kernels: reusing(nodeKernels('scalar')) },
  { name: 'reference', kernels: referenceOnly },
];
