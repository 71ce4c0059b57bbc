import { decodeWaveforms, encodeRadware, encodeUleb128 } from '@countroom/lh5';
import type { DataArray, Encoded, NdArray, Table, VectorOfVectors } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { compressColumns, readCompression } from './compress-columns.js';

const values: NdArray = {
  kind: 'array',
  flavor: 'aoesa',
  dtype: 'uint16',
  shape: [2, 3],
  data: Uint16Array.of(40_000, 40_001, 39_990, 7, 8, 9),
  attrs: { units: 'adc' },
};
const vectors: VectorOfVectors = {
  kind: 'vov',
  cumulative: {
    ...values,
    flavor: 'array',
    dtype: 'uint32',
    shape: [2],
    data: Uint32Array.of(1, 4),
    attrs: {},
  },
  flattened: { ...values, flavor: 'array', dtype: 'int32', shape: [4], data: Int32Array.of(5, 1, 2, 3) },
  attrs: {},
};
const table = (columns: Record<string, NdArray | VectorOfVectors | Table>): Table => ({
  kind: 'table',
  rows: 2,
  columns: new Map(Object.entries(columns)),
  attrs: {},
});

const shiftOf = (dtype: string): number => (dtype === 'uint16' ? -32_768 : 0);
const encode16 =
  (dtype: string) =>
  (samples: ArrayLike<number>): Uint8Array =>
    encodeRadware(samples, shiftOf(dtype));

describe('compression of waveforms', () => {
  it.each([
    'RadwareSigcompress(codec_shift=-32768)',
    'RadwareSigcompress(-32768)',
    'ULEB128ZigZagDiff()',
    'uleb128_zigzag_diff',
  ])('%s comes back', (codec) => {
    const nested = table({ w: table({ values }), v: vectors });
    const compression = readCompression({ 'w/values': codec, v: codec }, 'here');
    const result = compressColumns(nested, compression, (path) => expect.fail(path));
    const matrix = (result.columns.get('w') as Table).columns.get('values') as Encoded;
    expect(matrix).toMatchObject({ flavor: 'aoesa', decodedSize: { value: 3n }, attrs: { units: 'adc' } });
    expect([...(decodeWaveforms(matrix) as NdArray).data]).toEqual([...values.data]);
    const rows = decodeWaveforms(result.columns.get('v') as Encoded) as VectorOfVectors;
    expect([...rows.cumulative.data].map(Number)).toEqual([1, 4]);
    expect([...(rows.flattened as NdArray).data]).toEqual([5, 1, 2, 3]);
  });

  it.each([
    [
      'uint16',
      Uint16Array.from({ length: 600 }, (_, k) => 30_000 + ((k * 7919) % 900) + (k % 100 > 50 ? 9000 : 0)),
    ],
    ['int16', Int16Array.from({ length: 600 }, (_, k) => ((k * 7919) % 60_000) - 30_000)],
    ['uint8', Uint8Array.from({ length: 600 }, (_, k) => (k * 31) % 256)],
    ['int32', Int32Array.from({ length: 600 }, (_, k) => (k % 2 === 0 ? 2_000_000_000 : -2_000_000_000))],
    ['uint32', Uint32Array.from({ length: 600 }, (_, k) => (k % 2 === 0 ? 4_294_967_295 : 5))],
  ] as [NdArray['dtype'], Exclude<DataArray, BigInt64Array | BigUint64Array>][])(
    'codes %s byte for byte as the codecs are defined',
    (dtype, data) => {
      const column: NdArray = { ...values, dtype, data, shape: [4, 150] };
      const codes = { v: encodeUleb128, ...(data.BYTES_PER_ELEMENT > 2 ? {} : { r: encode16(dtype) }) };
      for (const [name, encode] of Object.entries(codes)) {
        const text = name === 'v' ? 'ULEB128ZigZagDiff()' : `RadwareSigcompress(${shiftOf(dtype)})`;
        const { columns } = compressColumns(
          table({ values: column }),
          readCompression({ values: text }, 'here'),
          (path) => expect.fail(path),
        );
        const { encoded } = columns.get('values') as Encoded;
        const expected = [0, 1, 2, 3].flatMap((row) => [
          ...encode(data.subarray(150 * row, 150 * row + 150)),
        ]);
        expect([...(encoded.flattened as NdArray).data]).toEqual(expected);
      }
    },
  );

  it('tells which columns are not there', () => {
    const absent: string[] = [];
    const same = table({ values });
    const compression = readCompression({ 'w/values': 'ULEB128ZigZagDiff()' }, 'here');
    expect(compressColumns(same, compression, (path) => absent.push(path))).toEqual(same);
    expect(absent).toEqual(['w/values']);
  });

  it.each([
    [{ a: 'LZMA()' }, /here\.a: there is no codec "LZMA\(\)"/],
    [{ a: 'ULEB128ZigZagDiff(3)' }, /there is no codec/],
    [{ a: 3 }, /there is no codec 3/],
    [7, /here: this is not an object/],
  ])('refuses %j', (step, message) => {
    expect(() => readCompression(step, 'here')).toThrow(message);
  });

  it('refuses numbers that a codec cannot keep', () => {
    const floats = { ...values, dtype: 'float32' as const, data: new Float32Array(6) };
    const compression = readCompression({ values: 'ULEB128ZigZagDiff()' }, 'here');
    expect(() => compressColumns(table({ values: floats }), compression, () => undefined)).toThrow(
      /compression\.values: only rows of integers/,
    );
  });
});
