import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './testing/temporary-folder.js';

const built = new URL('../dist/index.js', import.meta.url);

const program = `
  import { parentPort, workerData } from 'node:worker_threads';
  const { openReader, createWriter } = await import(workerData.module);
  const writer = await createWriter(workerData.file);
  const data = Float64Array.from({ length: 10000 }, (_, k) => k + workerData.number);
  await writer.append('x', { kind: 'array', flavor: 'array', dtype: 'float64', shape: [10000], data, attrs: {} });
  await writer.close();
  const reader = await openReader(workerData.file);
  const back = await reader.read('x', { rows: [9998, 10000] });
  await reader.close();
  parentPort.postMessage(Array.from(back.data));
`;

async function run(file: string, number: number): Promise<unknown> {
  const source = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
  const worker = new Worker(source, {
    workerData: { module: pathToFileURL(built.pathname).href, file, number },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

describe.skipIf(!existsSync(built))('worker threads', () => {
  const place = temporaryFolder();

  it('write and read files side by side', async () => {
    const results = await Promise.all([0, 1, 2].map((k) => run(place(`${k}.lh5`), k)));
    expect(results).toEqual([
      [9998, 9999],
      [9999, 10_000],
      [10_000, 10_001],
    ]);
  });
});
