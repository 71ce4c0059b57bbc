/** Every kernel of the module. Memory belongs to the caller: nothing is allocated here. */
export * from './amax';
export * from './asym-trap-filter';
export * from './avg-current';
export * from './bl-subtract';
export * from './double-pole-zero';
export * from './fixed-time-pickoff';
export * from './linear-slope-fit';
export * from './mean-stdev';
export * from './min-max';
export * from './pole-zero';
export * from './time-over-threshold';
export * from './time-point-thresh';
export * from './transpose';
export * from './trap-filter';
export * from './trap-norm';
export * from './trap-pickoff';

/** First byte that the caller may use. */
export const firstFreeByte: usize = __heap_base;
