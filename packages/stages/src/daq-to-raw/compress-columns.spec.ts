import { decodeWaveforms } from '@countroom/lh5';
import type { Encoded, NdArray, Table, VectorOfVectors } from '@countroom/records';
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
