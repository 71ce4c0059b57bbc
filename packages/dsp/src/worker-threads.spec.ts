import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';

/** What a worker thread does: plans its own chain with the built package and runs it. */
const program = (dist: string) => `
  const { parentPort } = require('node:worker_threads');
  Promise.all([import('${dist}/index.js'), import('${dist}/node.js')]).then(([{ planChain }, { nodeKernels }]) => {
    const values = Float32Array.from({ length: 5 * 32 }, (_, i) => i % 32);
    const input = {
      schema: { name: 'raw', columns: [{ name: 'wf', dtype: 'float32', shape: [32], variableLength: false }] },
      rows: 5,
      columns: [{ data: values }],
    };
    const config = { outputs: ['top'], processors: { top: { function: 'numpy.amax', args: ['wf', 1, 'top'] } } };
    const result = planChain(config, { input, kernels: nodeKernels() }).run(input);
    parentPort.postMessage(Array.from(result.columns[0].data));
  });
`;

describe('in worker threads', () => {
  it('every thread plans and runs chains of its own', async () => {
    const dist = new URL('../dist', import.meta.url).href;
    const workers = [0, 1].map(() => new Worker(program(dist), { eval: true }));
    const results = await Promise.all(
      workers.map(async (worker) => (await once(worker, 'message')) as [number[]]),
    );
    expect(results.map(([top]) => top)).toEqual([
      [31, 31, 31, 31, 31],
      [31, 31, 31, 31, 31],
    ]);
  });
});
