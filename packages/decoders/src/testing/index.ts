export * from './collect.js';
export * from './corrupt.js';
export * from './expected.js';
export * from './llama-encoder.js';
export * from './test-data.js';
