export * from './address.js';
export * from './curve.js';
export * from './frame-codec.js';
export * from './publisher.js';
export * from './subscriber.js';
