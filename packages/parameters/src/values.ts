export * from './channels.js';
export * from './references.js';
export * from './timestamp.js';
export * from './tree.js';
export * from './validity.js';
