/**
 * What is exported by its own name. Kernels that are written once for floats of both sizes, `export function name<F>`, need not be
 * named here (scripts/float-kernels.mjs). Memory belongs to the caller: nothing is allocated.
 */
export * from './deviation';
export * from './elementwise';
export * from './reflected-convolve';
export * from './transpose';

/** First byte that the caller may use. */
export const firstFreeByte: usize = __heap_base;
