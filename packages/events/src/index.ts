export * from './building/event-config.js';
export * from './building/event-functions.js';
export * from './building/event-plan.js';
export * from './building/hit-columns.js';
export * from './building/hit-selection.js';
export * from './coincidence/coincidence-builder.js';
export * from './coincidence/coincidence-map.js';
export * from './errors.js';
