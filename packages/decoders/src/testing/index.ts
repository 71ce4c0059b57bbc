export * from './collect.js';
export * from './compass-encoder.js';
export * from './corrupt.js';
export * from './expected.js';
export * from './fuzz.js';
export * from './fuzz-corpus.js';
export * from './llama-encoder.js';
export * from './test-data.js';
