export * from './lineage/lineage.js';
