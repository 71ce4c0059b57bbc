export * from './validity-file.js';
export * from './values.js';
