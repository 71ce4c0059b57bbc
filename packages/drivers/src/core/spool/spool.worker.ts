import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../clock.js';
import { DriverError, errorFacts } from '../errors.js';
import { Ring } from '../ring/ring.js';
import { SharedSpoolNumbers } from './spool-counters.js';
import { nodeFiles } from './spool-files.js';
import type { SpoolMessage, SpoolSetup } from './spool-host.js';
import { spoolUntilClosed } from './spool-loop.js';
import { SpoolWriter } from './spool-writer.js';

const setup = workerData as SpoolSetup;
const tell = (message: SpoolMessage): void => parentPort?.postMessage(message);
const place = setup.options.folder;

try {
  const writer = new SpoolWriter(setup.facts, setup.options, nodeFiles, () => systemClock.anchor());
  const consumer = Ring.open(setup.ring).consumer(setup.consumer);
  const numbers = new SharedSpoolNumbers(setup.numbers);
  tell({ type: 'ready' });
  await spoolUntilClosed(consumer, writer, numbers, {
    lowSpace: (freeBytes) => tell({ type: 'lowSpace', freeBytes }),
    segmentClosed: (file) => tell({ type: 'segmentClosed', file }),
  });
  tell({ type: 'finished' });
} catch (thrown) {
  const facts = errorFacts(thrown, place);
  tell({ type: 'failed', error: thrown instanceof DriverError ? facts : { ...facts, code: 'spool-io' } });
}
