export * from './batch-bytes.js';
export * from './batch-table.js';
export * from './dtype.js';
export * from './lgdo.js';
export * from './pick-rows.js';
export * from './record-batch.js';
export * from './rows.js';
export * from './table-schema.js';
