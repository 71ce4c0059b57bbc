import { deflateRawSync, gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { ReplayBytes } from '../replay.io.js';
import { ReplayReader, scanRecording } from '../replay.reader.js';
import { parquetRecords } from './parquet-archive.js';

function tar(files: readonly (readonly [name: string, bytes: Uint8Array, type?: string])[]): Buffer {
  const blocks = files.flatMap(([name, bytes, type = '0']) => {
    const header = Buffer.alloc(512);
    header.write(name.slice(0, 100), 0);
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write(type, 156);
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

const many = Array.from({ length: 40 }, (_, i) => [`muons_${i}.parquet`, record(i)] as const);

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
      const [number, , , , , dt, values] = columns.map(({ data }) => data) as [bigint[], ...number[][]];
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
      'with a file that is none',
      tar([['muons_1.parquet', Buffer.alloc(30)]]),
      /muons_1\.parquet cannot be read as Parquet/,
    ],
    ['packed by bzip2', Buffer.from('BZh91AY'), /bunzip2/],
    ['that is no archive', gzipSync(Buffer.alloc(700, 65)), /no known DAQ format/],
    [
      'packed and cut off',
      gzipSync(tar(files)).subarray(0, 300),
      /muons\.tar cannot be unpacked: unexpected end/,
    ],
  ])('%s is refused with the way out', async (_, bytes, message) => {
    await expect(scanRecording(recording(bytes), auto)).rejects.toThrow(message);
  });

  it.each([
    ['that is cut off', tar(files).subarray(0, -1700), 1, /cut off within muons_7/],
    [
      'that is cut off before a file',
      Buffer.concat([tar(files).subarray(0, -1024), tar(files).subarray(0, 99)]),
      2,
      /cut off before file number 4/,
    ],
    ['packed and cut off', gzipSync(tar(many)).subarray(0, -60), 8, /cannot be unpacked: unexpected end/],
    [
      'with another form',
      tar([files[0], ['muons_4.parquet', record(1, ['x'])], files[2]]),
      2,
      /muons_4\.parquet has another/,
    ],
    [
      'with a file that is none',
      tar([['a_1.parquet', Buffer.alloc(30)], ...files]),
      2,
      /a_1\.parquet cannot be read/,
    ],
    [
      'that goes on as something else',
      Buffer.concat([tar(files).subarray(0, -1024), Buffer.alloc(999, 65)]),
      2,
      /number 4/,
    ],
  ])('%s is played as far as it goes, and says what is missing', async (_, bytes, records, message) => {
    const source = recording(bytes);
    const facts = await scanRecording(source, auto);
    expect(facts.rows).toBeGreaterThanOrEqual(2 * records);
    const reader = new ReplayReader(source, facts, 8);
    while (await reader.load()) reader.step();
    expect(reader.faults).toEqual([expect.stringMatching(message)]);
  });

  it('takes names of any length and place as names, and passes over links and what has holes', async () => {
    const long = `${'deep/'.repeat(40)}muons_12.parquet`;
    const pax = Buffer.from(`${String(8 + long.length + 3)} path=${long}\n`);
    const bytes = tar([
      ['../../etc/muons_1.parquet', record(1)],
      ['/muons_2.parquet', record(1)],
      ['muons_3.parquet', Buffer.alloc(0), '2'],
      ['muons_4.parquet', record(1), 'S'],
      ['././@LongLink', Buffer.from(`${long}\0`), 'L'],
      [long.slice(0, 100), record(1)],
      ['PaxHeader', pax, 'x'],
      ['short', record(1)],
      ['muons_5.parquet', record(1)],
    ]);
    const facts = await scanRecording(recording(bytes), auto);
    const numbers: bigint[] = [];
    for await (const [first] of parquetRecords(recording(bytes), 8))
      numbers.push(first!.batch.columns[0]!.data[0] as bigint);
    expect([facts.rows, numbers]).toEqual([10, [1n, 2n, 12n, 12n, 5n]]);
  });

  it.each([
    ['deflated', 8, deflateRawSync],
    ['stored', 0, (bytes: Buffer) => bytes],
  ])('is read out of a ZIP archive, %s', async (_, method, pack) => {
    const packed = pack(tar(files));
    const header = (name: string, size: number): Buffer => {
      const bytes = Buffer.alloc(30);
      bytes.write('PK\u0003\u0004', 0, 'latin1');
      bytes.writeUInt16LE(method, 8);
      bytes.writeUInt32LE(size, 18);
      bytes.writeUInt16LE(name.length, 26);
      return Buffer.concat([bytes, Buffer.from(name)]);
    };
    const zip = Buffer.concat([
      header('data/', 0),
      header('data/m.tar', packed.length),
      packed,
      Buffer.from('PK\u0001\u0002 rest'),
    ]);
    expect(await scanRecording(recording(zip), auto)).toMatchObject({ format: 'mimocorb-tar', rows: 4 });
  });
});
