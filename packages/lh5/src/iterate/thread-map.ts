import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Lh5Error } from '../errors.js';
import type { RowRange } from '../ports.js';
import type { FunctionReference } from './operations.js';
import type { IteratorOptions } from './table-iterator.js';

/** What a thread is told. */
export interface ThreadTask {
  readonly options: IteratorOptions;
  readonly reference: FunctionReference;
}

/** Some blocks of one of the tables. */
export interface TablePart {
  readonly table: number;
  readonly blocks: RowRange;
}

/** The results of a part, in the order of its blocks. */
export type ThreadAnswer =
  | { readonly ok: true; readonly results: readonly unknown[] }
  | { readonly ok: false; readonly reason: string };

/** Threads load the built form: Node.js 20 loads no TypeScript there. */
const entry = new URL(
  import.meta.url.includes('/src/') ? '../../dist/iterate/map.worker.js' : './map.worker.js',
  import.meta.url,
);

function built(url: string): string {
  return url.replace('/packages/lh5/src/', '/packages/lh5/dist/').replace(/\.ts$/, '.js');
}

async function ask(worker: Worker, part: TablePart): Promise<readonly unknown[]> {
  const answer = await new Promise<ThreadAnswer>((resolve, reject) => {
    const exited = (code: number): void => reject(new Error(`a thread ended with code ${code}`));
    worker.once('error', reject).once('exit', exited);
    worker.once('message', (message: ThreadAnswer) => {
      worker.off('error', reject).off('exit', exited);
      resolve(message);
    });
    worker.postMessage(part);
  });
  if (answer.ok) return answer.results;
  throw new Lh5Error('io-failed', answer.reason);
}

/** Deals parts of tables to threads, each taking the next when it is done; results in the order of tables and blocks. */
export async function mapInThreads(
  options: IteratorOptions,
  parts: readonly TablePart[],
  reference: FunctionReference,
  threads: number,
): Promise<unknown[]> {
  if (!existsSync(fileURLToPath(entry)))
    throw new Lh5Error('argument-invalid', 'threads need the built package: build it first');
  const task: ThreadTask = { options, reference: { ...reference, module: built(reference.module) } };
  const results = new Array<readonly unknown[]>(parts.length);
  let next = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(entry, { workerData: task });
    try {
      for (let part = next++; part < parts.length; part = next++)
        results[part] = await ask(worker, parts[part]!);
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, parts.length) }, work));
  return results.flat();
}
