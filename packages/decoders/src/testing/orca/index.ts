export * from './encode-container.js';
export * from './encode-digitizers.js';
export * from './encode-flashcam.js';
export * from './encode-header.js';
export * from './orca-examples.js';
