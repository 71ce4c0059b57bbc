export * from './ast.js';
export * from './columns.js';
export * from './compile.js';
export * from './expression-error.js';
export { parseExpression } from './parser.js';
export * from './vector.js';
