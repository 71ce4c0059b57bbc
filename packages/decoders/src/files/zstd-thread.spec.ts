import { describe, expect, it } from 'vitest';
import { concatenate, corrupted } from '../testing/corrupt.js';
import { packedContent, packedCorpus } from '../testing/fuzz-packed.js';
import { ZstdThread } from './zstd-thread.js';

describe('unpacking in a thread', () => {
  const packed = packedCorpus.zstd();

  it('is given up where it comes to no end, and the next file has a thread again', async () => {
    const endless = corrupted(concatenate([packed, packed, packed]), 78_172);
    const first = new ZstdThread(1500);
    await expect(first.push(endless)).rejects.toThrow('comes to no end');
    await first.close();
    for (const way of ['a new thread', 'the same thread']) {
      const thread = new ZstdThread();
      const parts = [...(await thread.push(packed)), ...(await thread.push(new Uint8Array(0), true))];
      await thread.close();
      expect({ way, bytes: concatenate(parts) }).toEqual({ way, bytes: packedContent() });
    }
  });
});
