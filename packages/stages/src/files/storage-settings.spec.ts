import { describe, expect, it } from 'vitest';
import { storeColumns } from './storage-settings.js';

describe('storage settings', () => {
  it.each([
    [{ compression: 'gzip', compression_opts: 7 }, { compression: { gzip: 7 } }],
    [{ compression: 'gzip' }, { compression: { gzip: 4 } }],
    [{ compression: 9 }, { compression: { gzip: 9 } }],
    [{ compression: null }, { compression: 'none' }],
    [
      { shuffle: false, fletcher32: true, chunks: [50, 100] },
      { shuffle: false, fletcher32: true, chunkRows: 50 },
    ],
    [{ chunks: 8 }, { chunkRows: 8 }],
    [{ chunks: true }, {}],
  ])('%j', (settings, expected) => {
    expect(storeColumns({ a: settings })).toEqual({ columns: { a: expected }, remarks: [] });
  });

  it('say what they cannot do', () => {
    const { columns, remarks } = storeColumns({ a: { compression: 'lzf', scaleoffset: 1 }, b: 3 });
    expect(columns).toEqual({ a: { compression: { gzip: 1 } }, b: {} });
    expect(remarks).toEqual([
      'a.scaleoffset is not known here and is passed over',
      'a: compression "lzf" is written as deflate of level 1',
      'b is not an object and is passed over',
    ]);
    expect(storeColumns('x').remarks).toHaveLength(1);
  });
});
