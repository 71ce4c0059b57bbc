import type { KernelModule } from '../wasm/kernel-module.js';
import { nodeKernels } from '../wasm/node-kernels.js';

/** A module without any compiled kernel: chains fall back to the references. */
export const referenceOnly: KernelModule = {
  build: 'scalar',
  instantiate(bytes) {
    const instance = nodeKernels('scalar').instantiate(bytes);
    return { buffer: instance.buffer, firstFreeByte: instance.firstFreeByte, kernel: () => undefined };
  },
};

/** The three ways in which a kernel can run. */
export const implementations: readonly { readonly name: string; readonly kernels: KernelModule }[] = [
  { name: 'simd', kernels: nodeKernels('simd') },
  { name: 'scalar', kernels: nodeKernels('scalar') },
  { name: 'reference', kernels: referenceOnly },
];
