import { cpus, loadavg } from 'node:os';
import { compileExpression } from './compile.js';
import { compiledLoops } from './loops/compiled-loops.js';
import type { Kind, Vector } from './vector.js';

const rows = 1 << 20;
const repeats = 25;
const columns = new Map<string, Vector>([
  ['e', { kind: 'float32', data: Float32Array.from({ length: rows }, (_, i) => i % 4001), step: 1 }],
  ['f', { kind: 'float64', data: Float64Array.from({ length: rows }, (_, i) => (i % 997) / 7), step: 1 }],
  ['n', { kind: 'int32', data: Int32Array.from({ length: rows }, (_, i) => (i % 13) - 6), step: 1 }],
  ['t', { kind: 'int64', data: BigInt64Array.from({ length: rows }, (_, i) => BigInt(i) << 30n), step: 1 }],
  ['u', { kind: 'int64', data: BigInt64Array.from({ length: rows }, (_, i) => BigInt(i % 511)), step: 1 }],
  ['ok', { kind: 'bool', data: Uint8Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? 1 : 0)), step: 1 }],
]);
const kinds = new Map<string, Kind>([...columns].map(([name, { kind }]) => [name, kind]));
const expressions = [
  'e + e',
  'f * f',
  'f / 3.5',
  'e > 25',
  'n + n',
  'n // 3',
  't + u',
  't - 5',
  't * u',
  't // 1000',
  't % 1000',
  't > u',
  '-t',
  'u ** 2',
  'ok & ok',
  '~ok',
  'where(ok, e, 0)',
  'where(ok, t, u)',
  'e + 1.5',
  't / 1e9',
  '(e > 25) & (e < 2000)',
  'sqrt(f)',
  'log(f)',
];

/** Million rows per second of processor time, best of some runs: one value per row and operation. */
function rate(expression: string): number {
  const compiled = compileExpression(expression, kinds);
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < repeats; i++) {
    const before = process.cpuUsage();
    compiled.evaluate(columns, rows);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, user + system);
  }
  return Math.round(rows / best);
}

process.stdout.write(
  `${cpus()[0]?.model ?? ''}, Node ${process.version}, ${new Date().toISOString()}, load ${loadavg()[0]!.toFixed(1)}, ` +
    `${compiledLoops() === undefined ? 'plain' : 'compiled'} loops, one thread, processor time\n`,
);
console.table(expressions.map((expression) => ({ expression, 'million rows/s': rate(expression) })));
