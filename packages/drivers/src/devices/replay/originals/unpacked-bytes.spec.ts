import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Chunks } from './byte-queue.js';
import { unpackedBytes } from './unpacked-bytes.js';

const plain = randomBytes(200_000);
const packed = gzipSync(plain);

async function all(chunks: Chunks): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of unpackedBytes(chunks, 'run.csv.gz')) parts.push(part);
  return Buffer.concat(parts);
}

it('unpacks while it is read', async () => {
  const pieces = Array.from({ length: 21 }, (_, index) =>
    packed.subarray(index * 10_000, (index + 1) * 10_000),
  );
  expect((await all(pieces)).equals(plain)).toBe(true);
});

it('ends with the fault of a disk that fails in the middle, and with that of a file that is cut off', async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield packed.subarray(0, 100_000);
    await Promise.resolve();
    throw new Error('EIO: i/o error, read');
  }
  await expect(all(failing())).rejects.toThrow('run.csv.gz cannot be unpacked: EIO');
  await expect(all([packed.subarray(0, 100_000)])).rejects.toThrow(
    'run.csv.gz cannot be unpacked: unexpected end',
  );
});
