import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fcioBytes, temporaryFolder } from '../testing/sample-files.js';
import { type IncomingOptions, receiveFile, removeAbandoned } from './incoming-file.js';

const place = temporaryFolder();
afterAll(() => place.remove());
const bytes = fcioBytes(1);

async function* pieces(size: number, data: Buffer = bytes): AsyncGenerator<Buffer> {
  for (let at = 0; at < data.length; at += size) yield await Promise.resolve(data.subarray(at, at + size));
}
function options(name: string, more: Partial<IncomingOptions> = {}): IncomingOptions {
  return { folder: join(place.path, name), name: 'a.fcio', limitBytes: 1e9, reserveBytes: 0, ...more };
}

describe('receiveFile', () => {
  it('writes the bytes in whatever pieces they come', async () => {
    for (const size of [1, 63, 64, 65, 100_000]) {
      const file = await receiveFile(pieces(size), options(`pieces-${size}`));
      expect(file).toMatchObject({ bytes: bytes.length, format: 'fcio' });
      expect(readFileSync(file.path)).toEqual(bytes);
    }
  });

  it('knows formats without a signature by two records in succession', async () => {
    const record = Buffer.alloc(24 + 2 * 500);
    record.writeUInt32LE(500, 20);
    const recording = Buffer.concat(
      Array.from({ length: 40 }, (_, k) => {
        record.writeBigUInt64LE(BigInt(k + 1) * 1_000_000n, 4);
        return Buffer.from(record);
      }),
    );
    for (const size of [7, 64, 5000]) {
      const file = await receiveFile(pieces(size, recording), options(`records-${size}`));
      expect(file.format).toBe('caen-dt57xx');
    }
  });

  it('leaves nothing when it fails, for any reason', async () => {
    const broken = async function* (): AsyncGenerator<Buffer> {
      yield* pieces(100);
      throw new Error('the line is dead');
    };
    const cases: [AsyncIterable<Buffer>, Partial<IncomingOptions>, RegExp][] = [
      [broken(), {}, /the line is dead/],
      [pieces(100), { limitBytes: bytes.length - 1 }, /larger than/],
      [pieces(100), { limitBytes: 10, expectedBytes: 11 }, /larger than/],
      [pieces(100), { reserveBytes: 50, freeBytes: () => Promise.resolve(49) }, /too little space/],
      [
        pieces(100),
        { expectedBytes: 10, reserveBytes: 50, freeBytes: () => Promise.resolve(59) },
        /too little space/,
      ],
      [pieces(100, Buffer.alloc(1000, 1)), {}, /no known DAQ format.*01 01/],
    ];
    for (const [source, more, expected] of cases) {
      await expect(receiveFile(source, options('failing', more))).rejects.toThrow(expected);
      expect(readdirSync(join(place.path, 'failing'))).toEqual([]);
    }
    expect(await receiveFile(pieces(100), options('exact', { limitBytes: bytes.length }))).toBeDefined();
  });
});

describe('removeAbandoned', () => {
  it('removes only what was left behind long ago', async () => {
    const folder = join(place.path, 'abandoned');
    mkdirSync(folder);
    for (const name of ['old.part', 'young.part', 'old.fcio']) writeFileSync(join(folder, name), 'x');
    const old = new Date(Date.now() - 2 * 86_400_000);
    for (const name of ['old.part', 'old.fcio']) utimesSync(join(folder, name), old, old);
    await removeAbandoned(folder);
    expect(readdirSync(folder).sort()).toEqual(['old.fcio', 'young.part']);
    await removeAbandoned(join(place.path, 'not-there'));
  });
});
