import { parentPort, workerData } from 'node:worker_threads';
import { loadFunction } from './operations.js';
import { TableIterator } from './table-iterator.js';
import type { TablePart, ThreadAnswer, ThreadTask } from './thread-map.js';

const { options, reference } = workerData as ThreadTask;
const iterator = new TableIterator(options);

async function results({ table: number, blocks }: TablePart): Promise<unknown[]> {
  const apply = await loadFunction(reference);
  const table = (await iterator.tables())[number]!;
  const found: unknown[] = [];
  for await (const block of iterator.blocksOf(table, blocks))
    found.push(await apply(block, reference.argument));
  return found;
}

parentPort?.on('message', (part: TablePart) => {
  void results(part)
    .then((found): ThreadAnswer => ({ ok: true, results: found }))
    .catch(
      (error: unknown): ThreadAnswer => ({
        ok: false,
        reason: error instanceof Error ? error.message : String(error),
      }),
    )
    .then((answer) => parentPort?.postMessage(answer));
});
