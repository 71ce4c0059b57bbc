/** What needs a browser: the compiled kernels, fetched. */
export { browserKernels } from './wasm/browser-kernels.js';
