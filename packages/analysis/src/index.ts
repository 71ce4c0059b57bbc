export * from './functions/crystal-ball.js';
export * from './functions/exgauss.js';
export * from './functions/gauss.js';
export * from './functions/hpge-peak.js';
export * from './functions/peak-widths.js';
export * from './functions/simple.js';
export * from './functions/step.js';
export * from './special/erf.js';
