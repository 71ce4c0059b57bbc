import { parentPort, workerData } from 'node:worker_threads';
import type { RecordBatch } from '@countroom/records';
import { planChain } from '../chain/plan.js';
import { nodeKernels } from '../wasm/node-kernels.js';
import { rowsOf } from './chain-input.js';

/** What a thread of the benchmark gets: everything is shared, nothing is copied. */
export interface ThreadInput {
  readonly config: unknown;
  readonly database: Readonly<Record<string, unknown>>;
  readonly input: RecordBatch;
  /** Next piece that nobody works on yet. */
  readonly next: Int32Array;
  readonly pieceRows: number;
}

const { config, database, input, next, pieceRows } = workerData as ThreadInput;
const chain = planChain(config, { input: rowsOf(input, 0, 4), database, kernels: nodeKernels() });

/** Takes pieces until there is none left. */
function work(): void {
  const pieces = Math.ceil(input.rows / pieceRows);
  for (let piece = Atomics.add(next, 0, 1); piece < pieces; piece = Atomics.add(next, 0, 1)) {
    const from = piece * pieceRows;
    chain.run(rowsOf(input, from, Math.min(input.rows, from + pieceRows)), { firstRow: from });
  }
}

parentPort?.on('message', () => {
  work();
  parentPort?.postMessage('done');
});
parentPort?.postMessage('ready');
