export * from './api/api-client.js';
export * from './live/live-client.js';
