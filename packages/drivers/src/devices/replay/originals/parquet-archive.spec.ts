import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { ReplayBytes } from '../replay.io.js';
import { ReplayReader, scanRecording } from '../replay.reader.js';

function tar(files: readonly (readonly [name: string, bytes: Uint8Array])[]): Buffer {
  const blocks = files.flatMap(([name, bytes]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('0', 156);
    header.write('ustar\0', 257);
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

const wave = (first: number): number[] => Array.from({ length: 50 }, (_, i) => first + i / 4);

function record(first: number, names = ['ch1', 'ch2']): Uint8Array {
  const columnData = names.map((name, c) => ({ name, data: wave(first + 100 * c), type: 'FLOAT' as const }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

/** A recording in pieces of so many bytes. */
function recording(bytes: Buffer, piece = 700): ReplayBytes {
  const count = Math.ceil(bytes.length / piece);
  const chunks = Array.from({ length: count }, (_, i) => bytes.subarray(i * piece, (i + 1) * piece));
  return { name: 'muons.tar', version: () => '1', chunks: () => chunks };
}

const auto = { format: 'auto', sampleNs: 8 };
const files = [
  ['muons_3.parquet', record(1)],
  ['readme.txt', Buffer.from('not a record')],
  ['muons_7.parquet', record(2)],
] as const;

describe('an archive of Parquet files as mimoCoRB writes it', () => {
  it.each([
    ['plain', tar(files)],
    ['packed by gzip', gzipSync(tar(files))],
  ])('%s gives one row per channel and file', async (_, bytes) => {
    const source = recording(bytes);
    const facts = await scanRecording(source, auto);
    expect(facts).toMatchObject({ format: 'mimocorb-tar', rows: 4, firstS: 0.1, lastS: 0.2 });
    expect(facts.tables.map(({ name }) => name)).toEqual(['ch0000000/raw', 'ch0000001/raw']);
    const reader = new ReplayReader(source, facts, 8);
    const seen: [number, bigint, number, number][] = [];
    while (await reader.load()) {
      const columns = facts.tables[reader.table]!.columns.map(({ shape }) => ({
        data: shape.length > 0 ? new Float32Array(50) : [0],
      }));
      const writer = { columns, rows: 0, advance: () => undefined };
      reader.copyTo(writer as never);
      const [number, , , , dt, values] = columns.map(({ data }) => data) as [bigint[], ...number[][]];
      seen.push([reader.table, number[0]!, dt![0]!, values![4]!]);
      reader.step();
    }
    expect(seen).toEqual([
      [0, 3n, 8, 2],
      [1, 3n, 8, 102],
      [0, 7n, 8, 3],
      [1, 7n, 8, 103],
    ]);
  });

  it.each([
    ['that is cut off', tar(files).subarray(0, 900), /muons\.tar is cut off within muons_3\.parquet/],
    ['without records', tar([files[1]]), /there is no Parquet file in muons\.tar/],
    [
      'with another form',
      tar([files[0], ['muons_4.parquet', record(1, ['x'])]]),
      /muons_4\.parquet has another form/,
    ],
    [
      'with a file that is none',
      tar([['muons_1.parquet', Buffer.alloc(30)]]),
      /muons_1\.parquet cannot be read as Parquet/,
    ],
    ['packed by bzip2', Buffer.from('BZh91AY'), /bunzip2/],
    ['that is no archive', gzipSync(Buffer.alloc(700, 65)), /holds no tar archive: unpack it first/],
  ])('%s is refused with the way out', async (_, bytes, message) => {
    await expect(scanRecording(recording(bytes), auto)).rejects.toThrow(message);
  });
});
