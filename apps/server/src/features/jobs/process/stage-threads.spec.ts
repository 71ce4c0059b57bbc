import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { StageThreads } from './stage-threads.js';

const entry = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', (message) => {
      if (message === 'throw') throw new Error('left behind');
      parentPort.postMessage(message);
    });`)}`,
);

async function answer(worker: Worker): Promise<Worker> {
  worker.postMessage('hello');
  expect(await once(worker, 'message')).toEqual(['hello']);
  return worker;
}

describe('threads of stages', () => {
  it('are used again, each by one at a time', async () => {
    const threads = new StageThreads(entry);
    const [first, second] = [await answer(threads.take()), await answer(threads.take())];
    expect(second).not.toBe(first);
    threads.giveBack(first);
    expect(await answer(threads.take())).toBe(first);
    threads.giveBack(second);
    threads.giveBack(first);
    expect(new Set([threads.take(), threads.take()])).toEqual(new Set([first, second]));
    await Promise.all([first, second].map((worker) => worker.terminate()));
  });

  it('end when nobody wants them for a while', async () => {
    const threads = new StageThreads(entry, 1);
    const worker = await answer(threads.take());
    threads.giveBack(worker);
    await once(worker, 'exit');
    const another = await answer(threads.take());
    expect(another).not.toBe(worker);
    await another.terminate();
  });

  it('that break while they wait are not given out', async () => {
    const threads = new StageThreads(entry);
    const worker = await answer(threads.take());
    threads.giveBack(worker);
    worker.postMessage('throw');
    await new Promise((resolve) => worker.once('exit', resolve));
    const another = await answer(threads.take());
    expect(another).not.toBe(worker);
    await another.terminate();
  });

  it('are replaced after many runs', async () => {
    const threads = new StageThreads(entry);
    const first = threads.take();
    threads.giveBack(first);
    for (let runs = 1; runs < 50; runs++) {
      expect(threads.take()).toBe(first);
      threads.giveBack(first);
    }
    const next = threads.take();
    expect(next).not.toBe(first);
    await next.terminate();
  });
});
