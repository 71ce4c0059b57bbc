export * from './file-source.js';
export * from './growing-file.js';
export * from './unpack.js';
