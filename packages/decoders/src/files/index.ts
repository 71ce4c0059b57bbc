export * from './file-source.js';
export * from './unpack.js';
