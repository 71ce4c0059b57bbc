import { parentPort, workerData } from 'node:worker_threads';
import { lh5Backend } from '@countroom/lh5';
import { DriverError, errorFacts } from '../errors.js';
import { packSegments } from './pack-segments.js';
import type { PackMessage, PackOrder } from './packer-host.js';

const order = workerData as PackOrder;
const abort = new AbortController();
const tell = (message: PackMessage): void => parentPort?.postMessage(message);
let toldMs = 0;

parentPort?.on('message', () => abort.abort());
try {
  const report = await packSegments(
    {
      ...order,
      signal: abort.signal,
      onProgress: (fraction) => {
        if (performance.now() - toldMs < 200) return;
        toldMs = performance.now();
        tell({ type: 'progress', fraction });
      },
    },
    lh5Backend,
  );
  tell({ type: 'done', report });
} catch (thrown) {
  const facts = errorFacts(thrown, order.target);
  tell({ type: 'failed', error: thrown instanceof DriverError ? facts : { ...facts, code: 'pack' } });
}
parentPort?.close();
