export * from './coincidence/coincidence-builder.js';
export * from './coincidence/coincidence-map.js';
export * from './errors.js';
