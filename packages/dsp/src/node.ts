/** What needs Node: the compiled kernels from the file system. */
export { nodeKernels } from './wasm/node-kernels.js';
