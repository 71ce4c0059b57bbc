export * from './ast.js';
export * from './columns.js';
export * from './compile.js';
export * from './expression-error.js';
export { insteadOf } from './nearest-names.js';
export { parseExpression } from './parser.js';
export * from './vector.js';
