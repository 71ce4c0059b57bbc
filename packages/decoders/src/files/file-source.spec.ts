import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { DecodeError } from '../core/errors.js';
import { concatenate, corrupted, randomBytes } from '../testing/corrupt.js';
import { fileChunks, filePacking, inputChunks } from './file-source.js';
import { packingOf } from './unpack.js';

const folder = mkdtempSync(join(tmpdir(), 'countroom-decoders-'));
afterAll(() => rmSync(folder, { recursive: true }));

const content = randomBytes(5000, 3);

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const unpacked = concatenate([
  text('the first record of a run, '.repeat(40)),
  new Uint8Array(300),
  text('a'.repeat(700)),
  new Uint8Array(1000).fill(7),
]);
const base64 = (value: string): Uint8Array => Uint8Array.from(Buffer.from(value, 'base64'));
/** The same bytes in two parts, as the programs of that name pack them. */
const packed = {
  gzip: concatenate([gzipSync(unpacked.subarray(0, 2080)), gzipSync(unpacked.subarray(2080))]),
  bzip2: base64(
    'QlpoOTFBWSZTWcAD2l0AAhJRiMAAQCQvYZ4AABAACCAAkCmTEyDIwKVQmR6hphO8814wJgTAnImBNajbcT0Jh72jAnAm4mQnAnkT' +
      '4JuJ0JoJwJqJmJyJkJ5E6EzqO9BPvOT+LuSKcKEhgAe0ukJaaDExQVkmU1myi0qYAAABwAGAgACAAAggACCqbUGYuoPF3JFOFCQs' +
      'otKmAA==',
  ),
  zstd: base64(
    'KLUv/WQgB10BAOh0aGUgZmlyc3QgcmVjb3JkIG9mIGEgcnVuLCAAYQMAuEAlKDj1roH/cwx22zO5KLUv/QBYTQAAEAcHAQDjK4AF',
  ),
};

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function all(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk.slice());
  return concatenate(chunks);
}

describe('file sources', () => {
  it('reads a file in chunks from anywhere', async () => {
    const path = file('plain', content);
    expect(await all(fileChunks(path, { chunkBytes: 300 }))).toEqual(content);
    expect(await all(inputChunks(path, { start: 4000, chunkBytes: 300 }))).toEqual(content.slice(4000));
    expect(await all(inputChunks(file('empty', new Uint8Array(0))))).toEqual(new Uint8Array(0));
  });

  it.each(Object.entries(packed))('unpacks %s, several in succession', async (name, bytes) => {
    const path = file(`packed.${name}`, bytes);
    for (const chunkBytes of [1, 7, 256, 1 << 20])
      expect(await all(inputChunks(path, { chunkBytes }))).toEqual(unpacked);
    expect(await all(inputChunks(path, { start: 1500 }))).toEqual(unpacked.subarray(1500));
    expect(await filePacking(path)).toBe(name);
  });

  it.each(Object.entries(packed))('says where %s is damaged', async (name, bytes) => {
    for (const cut of [bytes.length - 3, bytes.length >> 1, 20]) {
      const path = file(`cut.${name}`, bytes.subarray(0, cut));
      await expect(all(inputChunks(path))).rejects.toThrow(/cut\..*: the packed file \(.*\) is damaged/);
    }
  });

  it.each(Object.entries(packed))('stands any damage to %s', { timeout: 30_000 }, async (name, bytes) => {
    let failures = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const path = file(
        `damaged.${name}`,
        concatenate([bytes.subarray(0, 10), corrupted(bytes.subarray(10), seed)]),
      );
      const outcome = await all(inputChunks(path)).catch((error: unknown) => error);
      if (outcome instanceof Uint8Array) continue;
      expect(outcome).toBeInstanceOf(DecodeError);
      failures++;
    }
    expect(failures).toBeGreaterThan(30);
  });

  it('refuses a Zstandard frame that takes too much memory', async () => {
    const huge = packed.zstd.slice();
    // No content size, and a window of 2 GiB.
    huge.set([0x00, 21 << 3], 4);
    await expect(all(inputChunks(file('huge.zst', huge)))).rejects.toThrow(/takes more than 128 MiB/);
  });

  it('takes a text that begins like bzip2 for what it is', () => {
    expect(packingOf(new TextEncoder().encode('BZh9 is not a packed file'))).toBeUndefined();
    expect(packingOf(new Uint8Array(0))).toBeUndefined();
  });

  it('names a file that is not there', async () => {
    await expect(all(inputChunks(join(folder, 'none')))).rejects.toThrow(
      /none: the file cannot be opened \(ENOENT\)/,
    );
  });
});
