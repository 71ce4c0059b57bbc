import { beforeAll, describe, expect, it } from 'vitest';
import { createWriter } from '../backend.js';
import { copyCommon, linesOf } from '../hdf5/box.js';
import { type ElementDescription, typeClass } from '../hdf5/element-type.js';
import { elementValues } from '../hdf5/element-values.js';
import { numberArray } from '../testing/sample-objects.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { openHdf5 } from './hdf5-file.js';
import { hdf5Type, typeText } from './hdf5-type.js';
import { jsonSlice } from './slice.js';

const place = temporaryFolder();
const number = (size: number, more: Partial<ElementDescription> = {}): ElementDescription => ({
  type: typeClass.integer,
  size,
  signed: true,
  littleEndian: true,
  vlen: false,
  ...more,
});
const nothing = (): never => {
  throw new Error('nothing is kept elsewhere');
};

describe('values of elements', () => {
  it('are taken out of compounds, arrays and lists', () => {
    const type = number(9, {
      type: typeClass.compound,
      compound_type: {
        nmembers: 3,
        members: [
          { ...number(2, { littleEndian: false }), name: 'a', offset: 0 },
          {
            ...number(2, { type: typeClass.array, array_type: { ...number(1), shape: [2] } }),
            name: 'b',
            offset: 2,
          },
          {
            ...number(5, { type: typeClass.vector, vlen: true, vlen_type: number(2) }),
            name: 'c',
            offset: 4,
          },
        ],
      },
    });
    const bytes = Uint8Array.of(1, 2, 255, 4, 7, 0, 0, 0, 0);
    expect(elementValues(bytes, type, (reference) => Uint8Array.of(reference[0]!, 0, 8, 0))).toEqual([
      { a: 258, b: [-1, 4], c: [7, 8] },
    ]);
    expect(typeText(hdf5Type(type))).toBe('compound { a: int16, b: int8[2], c: list of int16 }');
  });

  it('are half precision, bit fields and opaque bytes', () => {
    const half = number(2, { type: typeClass.float });
    const halves = new Uint8Array(Uint16Array.of(0x3c00, 0xc000, 0x7c00, 0x0001, 0x7e00).buffer);
    expect(elementValues(halves, half, nothing)).toEqual(
      Float32Array.of(1, -2, Number.POSITIVE_INFINITY, 2 ** -24, Number.NaN),
    );
    expect(
      elementValues(
        Uint8Array.of(1, 2),
        number(2, { type: typeClass.bitField, littleEndian: false }),
        nothing,
      ),
    ).toEqual(Uint16Array.of(258));
    expect(elementValues(Uint8Array.of(1, 171), number(2, { type: typeClass.opaque }), nothing)).toEqual([
      '01ab',
    ]);
  });
});

describe('boxes', () => {
  it('copy what they have in common', () => {
    const from = { start: [0, 1], count: [2, 3], bytes: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    const to = { start: [1, 2], count: [2, 3], bytes: new Uint8Array(6) };
    copyCommon(from, to, 1);
    expect(to.bytes).toEqual(Uint8Array.of(5, 6, 0, 0, 0, 0));
    expect([...linesOf({ start: [1, 0, 2], count: [2, 2, 1] }, [4, 2, 3])]).toEqual([
      { at: 8, target: 0 },
      { at: 11, target: 1 },
      { at: 14, target: 2 },
      { at: 17, target: 3 },
    ]);
  });
});

describe('slices of a file', () => {
  const data = Array.from({ length: 6 * 8 * 5 }, (_, k) => k);
  beforeAll(async () => {
    const writer = await createWriter(place('cube.h5'), { chunkRows: 2 });
    await writer.write('cube', numberArray('int32', data, [8, 5]));
    await writer.write('plain', numberArray('int64', data, [8, 5]), { compression: 'none' });
    await writer.close();
  });

  it.each(['cube', 'plain'])('of %s are those of the array', async (path) => {
    const file = await openHdf5(place('cube.h5'));
    const at = (i: number, j: number, k: number): number => (i * 8 + j) * 5 + k;
    const some = await file.read(path, { axes: [[1, 6, 2], 3, [2, 99]] });
    expect(some.shape).toEqual([3, 3]);
    expect(Array.from(some.data, Number)).toEqual(
      [1, 3, 5].flatMap((i) => [2, 3, 4].map((k) => at(i, 3, k))),
    );
    expect(Array.from((await file.read(path)).data, Number)).toEqual(data);
    expect((await file.read(path, { axes: [[7, 9]] })).shape).toEqual([0, 8, 5]);
    const one = await file.read(path, { axes: [2, 1, 4] });
    expect(jsonSlice(one)).toEqual(path === 'cube' ? at(2, 1, 4) : String(at(2, 1, 4)));
    await expect(file.read(path, { axes: [0, 0, 0, 0] })).rejects.toThrow('has 3 axes, not 4');
    await expect(file.read(path, { axes: [[3, 1]] })).rejects.toThrow('no range');
    await file.close();
  });
});
