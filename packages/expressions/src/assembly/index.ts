export * from './arithmetic';
export * from './choice';
export * from './comparison';
export * from './conversion';

/** The first byte of the memory that may be used. */
export const firstFreeByte: usize = __heap_base;
