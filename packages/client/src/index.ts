export * from './api/api-client.js';
export * from './live/live-client.js';
export * from './operator/operator.js';
export * from './operator/operator-errors.js';
