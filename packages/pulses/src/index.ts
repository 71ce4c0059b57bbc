export * from './filter/filter-log.js';
export * from './filter/pulse-filter.js';
export * from './histograms/live-histogram.js';
export * from './peaks/decay-time.js';
export * from './peaks/find-peaks.js';
export * from './peaks/spectrum-filter.js';
export * from './template/pulse-shape.js';
export * from './template/search.js';
