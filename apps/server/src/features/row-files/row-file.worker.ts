import { parentPort, workerData } from 'node:worker_threads';
import { faultOf } from '../data/reading/reading-fault.js';
import type { RowFileAsk, RowFilePart } from './row-file-ask.js';
import { rowFileParts } from './row-file-parts.js';

const parts = rowFileParts(workerData as RowFileAsk);

parentPort?.on('message', () => {
  void next().then((part) =>
    parentPort?.postMessage(part, part.kind === 'part' ? [part.bytes.buffer as ArrayBuffer] : []),
  );
});

async function next(): Promise<RowFilePart> {
  try {
    const found: IteratorResult<Uint8Array, unknown> = await parts.next();
    return found.done === true ? { kind: 'end' } : { kind: 'part', bytes: found.value };
  } catch (error) {
    return { kind: 'fault', fault: faultOf(error, 'query.query') };
  }
}
