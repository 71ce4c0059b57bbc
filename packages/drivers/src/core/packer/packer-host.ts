import { Worker } from 'node:worker_threads';
import { DriverError, type ErrorFacts, errorFromFacts } from '../errors.js';
import { workerEntry } from '../worker-entry.js';
import type { PackOptions, PackReport } from './packer.api.js';

/** What a packer's thread is started with. */
export type PackOrder = Omit<PackOptions, 'signal' | 'onProgress'>;

/** What a packer's thread says. */
export type PackMessage =
  | { type: 'progress'; fraction: number }
  | { type: 'done'; report: PackReport }
  | { type: 'failed'; error: ErrorFacts };

/** `packSegments` with HDF5 in a thread of its own. Aborting rejects with code `cancelled` and leaves no file. */
export function packInThread(options: PackOptions): Promise<PackReport> {
  const { signal, onProgress, ...order } = options;
  if (signal?.aborted === true) {
    return Promise.reject(
      new DriverError('cancelled', options.target, `packing ${options.target} was cancelled`),
    );
  }
  const entry = workerEntry('./packer.worker.js', import.meta.url);
  const worker = new Worker(entry, { workerData: order, name: 'packer' });
  const cancel = (): void => worker.postMessage('cancel');
  signal?.addEventListener('abort', cancel, { once: true });
  return new Promise<PackReport>((resolve, reject) => {
    worker.on('message', (message: PackMessage) => {
      if (message.type === 'progress') onProgress?.(message.fraction);
      else if (message.type === 'done') resolve(message.report);
      else reject(errorFromFacts(message.error));
    });
    worker.on('error', (error) =>
      reject(new DriverError('pack', options.target, error.message, { cause: error })),
    );
    worker.on('exit', () =>
      reject(new DriverError('thread-ended', options.target, 'the packer ended without a word')),
    );
  }).finally(() => signal?.removeEventListener('abort', cancel));
}
