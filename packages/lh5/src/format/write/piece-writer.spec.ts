import { describe, expect, it } from 'vitest';
import { PieceWriter, type Writable } from './piece-writer.js';

/** A disk that is slow and takes 1000 bytes at a time, until it is full. */
class SlowDisk {
  readonly content: number[] = [];
  readonly calls: number[] = [];

  constructor(private readonly room = Infinity) {}

  get handle(): Writable {
    const write = async (bytes: Uint8Array, offset: number, length: number, position: number) => {
      await new Promise((resolve) => setImmediate(resolve));
      const count = Math.min(length, 1000);
      if (position + count > this.room) throw new Error('ENOSPC: no space left');
      if (offset === 0) this.calls.push(length);
      for (let k = 0; k < count; k += 1) this.content[position + k] = bytes[offset + k]!;
      return { bytesWritten: count, buffer: bytes };
    };
    return { write } as unknown as Writable;
  }
}

describe('pieces of a file', () => {
  it('go there together when they are small and wait, with zeros between them', async () => {
    const disk = new SlowDisk();
    const writer = new PieceWriter(disk.handle);
    const sizes = [100, 3, 50, 70_000, 5, 6];
    let address = 0;
    const written: Promise<void>[] = [];
    const expected: number[] = [];
    for (const [k, size] of sizes.entries()) {
      written.push(writer.write(new Uint8Array(size).fill(k + 1), address));
      for (let byte = 0; byte < size; byte += 1) expected[address + byte] = k + 1;
      const end = address + size;
      address = Math.ceil(end / 8) * 8;
      if (k + 1 < sizes.length) expected.push(...new Array<number>(address - end).fill(0));
    }
    await Promise.all(written);
    expect(disk.calls).toEqual([100, 58, 70_000, 14]);
    // Behind a piece that was written alone there may be a hole, which reads as zeros.
    expect(Array.from(disk.content, (byte: number | undefined) => byte ?? 0)).toEqual(expected);
  });

  it('fail all when one cannot be written', async () => {
    const writer = new PieceWriter(new SlowDisk(1500).handle);
    const written = [0, 1000, 2000].map((address) => writer.write(new Uint8Array(1000), address));
    const results = await Promise.allSettled(written);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  });
});
