import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { Writable } from './piece-writer.js';
import { Spill } from './spill.js';
import { TextBuffer } from './text-buffer.js';
import { mostUnderWay, WriteQueue } from './write-queue.js';

/** A disk that takes some bytes at a time, and is full after `room` bytes. */
class SmallDisk {
  readonly content: number[] = [];
  readonly room: number;

  constructor(room: number) {
    this.room = room;
  }

  get handle(): Writable {
    const write = (
      bytes: Uint8Array,
      offset: number,
      length: number,
      position: number,
    ): Promise<{ bytesWritten: number; buffer: Uint8Array }> => {
      const count = Math.min(length, 1000);
      if (position + count > this.room) return Promise.reject(new Error('ENOSPC: no space left'));
      for (let k = 0; k < count; k += 1) this.content[position + k] = bytes[offset + k]!;
      return Promise.resolve({ bytesWritten: count, buffer: bytes });
    };
    return { write } as unknown as Writable;
  }
}

const later = (bytes: Uint8Array, turns: number): Promise<{ bytes: Uint8Array }> =>
  Array.from({ length: turns }).reduce<Promise<{ bytes: Uint8Array }>>(
    (before) => before.then((made) => made),
    Promise.resolve({ bytes }),
  );

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('write queue', () => {
  it('writes in the order of the jobs, whichever is made first, and tells where', async () => {
    const disk = new SmallDisk(1e6);
    const queue = new WriteQueue(disk.handle, 96);
    const addresses: number[] = [];
    for (let k = 0; k < 50; k += 1) {
      queue.add({
        make: () => later(new Uint8Array(k * 100).fill(k + 1), (k * 7) % 11),
        placed: (_made, address) => addresses.push(address),
      });
    }
    await queue.drain();
    expect(addresses).toEqual([...addresses].sort((a, b) => a - b));
    addresses.forEach((address, k) => {
      expect(address % 8).toBe(0);
      for (let byte = 0; byte < k * 100; byte += 1) expect(disk.content[address + byte]).toBe(k + 1);
    });
  });

  it('takes no more jobs than it can work on', async () => {
    const queue = new WriteQueue(new SmallDisk(1e6).handle, 0);
    let begun = 0;
    const release: (() => void)[] = [];
    for (let k = 0; k < 30; k += 1) {
      queue.add({
        make: () => {
          begun += 1;
          return new Promise<{ bytes: Uint8Array }>((resolve) =>
            release.push(() => resolve({ bytes: new Uint8Array(8) })),
          );
        },
        placed: () => undefined,
      });
    }
    expect(begun).toBe(mostUnderWay);
    let settled = false;
    const settling = queue.settle().then(() => {
      settled = true;
    });
    while (begun < 30) {
      expect(settled).toBe(false);
      release.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await settling;
    for (const each of release) each();
    await queue.drain();
  });

  it('keeps nothing of jobs that have ended', async () => {
    const used: number[] = [];
    const queue = new WriteQueue(new SmallDisk(Infinity).handle, 0);
    for (let round = 0; round < 3; round += 1) {
      for (let k = 0; k < 20_000; k += 1) {
        queue.add({
          make: () => Promise.resolve({ bytes: new Uint8Array(0) }),
          placed: () => undefined,
          isSmall: true,
        });
      }
      await queue.drain();
      collectGarbage();
      used.push(process.memoryUsage().heapUsed);
    }
    expect(used[2]! - used[0]!).toBeLessThan(1_000_000);
  });

  it('fails with what failed first, and stops although others wait for what does not come', async () => {
    const queue = new WriteQueue(new SmallDisk(300_000).handle, 0);
    const plan = { gzip: 0, shuffle: false, fletcher32: false, sha256: false, chunkRows: undefined };
    const texts = new TextBuffer(
      { queue, spill: new Spill('/nonexistent/never-used') },
      { datatype: undefined, attrs: {}, plan },
    );
    // The places of the texts wait until the texts have been written, which they never are.
    texts.add(Array.from({ length: 9000 }, (_, k) => `a text of some length, number ${k}`.repeat(5)));
    await expect(queue.drain()).rejects.toThrow('ENOSPC');
    await queue.stop();
    await expect(queue.settle()).rejects.toThrow('ENOSPC');
  });
});
