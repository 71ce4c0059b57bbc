import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { concatenate, randomBytes } from '../testing/corrupt.js';
import { fileChunks, inputChunks } from './file-source.js';

const folder = mkdtempSync(join(tmpdir(), 'countroom-decoders-'));
afterAll(() => rmSync(folder, { recursive: true }));

const content = randomBytes(5000, 3);

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

  it('unpacks gzip', async () => {
    const path = file('packed', gzipSync(content));
    expect(await all(inputChunks(path, { chunkBytes: 256 }))).toEqual(content);
    const cut = file('cut', gzipSync(content).subarray(0, 2000));
    await expect(all(inputChunks(cut))).rejects.toThrow(/cut: the packed file is damaged/);
  });

  it('names a file that is not there', async () => {
    await expect(all(inputChunks(join(folder, 'none')))).rejects.toThrow(
      /none: the file cannot be opened \(ENOENT\)/,
    );
  });
});
