import type { DataObject, Encoded, Opaque, Struct, Table, VectorOfVectors } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { encodeRadware } from './codecs/radware.js';
import { encodeUleb128 } from './codecs/uleb128.js';
import type { StoreOptions } from './ports.js';
import { everyWay } from './testing/every-way.js';
import { numberArray, sampleTable, vectors } from './testing/sample-objects.js';
import { temporaryFolder } from './testing/temporary-folder.js';

function encodedRows(
  rows: readonly (readonly number[])[],
  flavor: Encoded['flavor'],
  codec: string,
): Encoded {
  const codes = rows.map((row) =>
    codec === 'radware_sigcompress' ? encodeRadware(row, -5) : encodeUleb128(row),
  );
  let end = 0;
  return {
    kind: 'encoded',
    flavor,
    encoded: {
      kind: 'vov',
      cumulative: numberArray(
        'uint32',
        codes.map((code) => (end += code.length)),
      ),
      flattened: numberArray(
        'uint8',
        codes.flatMap((code) => [...code]),
      ),
      attrs: {},
    },
    decodedSize:
      flavor === 'vov'
        ? numberArray(
            'uint32',
            rows.map((row) => row.length),
          )
        : { kind: 'scalar', value: rows[0]?.length ?? 0, dtype: 'int32', attrs: {} },
    attrs: { codec, ...(codec === 'radware_sigcompress' ? { codec_shift: -5 } : {}), units: 'adc' },
  };
}

const nested: VectorOfVectors = { ...vectors([[0, 0], [], [0]]), flattened: vectors([[1, 2], [], [3]]) };

const axis: Struct = {
  kind: 'struct',
  attrs: {},
  fields: new Map<string, DataObject>([
    [
      'binedges',
      {
        kind: 'struct',
        attrs: { units: 'keV' },
        fields: new Map(
          ['first', 'last', 'step'].map((name, k) => [
            name,
            { kind: 'scalar', value: k + 0.5, dtype: 'float64', attrs: {} },
          ]),
        ),
      },
    ],
    ['closedleft', { kind: 'scalar', value: true, dtype: 'bool', attrs: {} }],
  ]),
};

const objects: Readonly<Record<string, DataObject>> = {
  int8: numberArray('int8', [-128, 127]),
  uint8: numberArray('uint8', [0, 255]),
  int16: numberArray('int16', [-32768, 32767]),
  uint16: numberArray('uint16', [0, 65535]),
  int32: numberArray('int32', [-(2 ** 31), 2 ** 31 - 1]),
  uint32: numberArray('uint32', [0, 2 ** 32 - 1]),
  'int64 beyond 2^53': numberArray('int64', [-(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n + 1n]),
  uint64: numberArray('uint64', [0n, 2n ** 64n - 1n]),
  'float32 with NaN and infinities': numberArray('float32', [
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -0,
  ]),
  float64: numberArray('float64', [Math.PI, Number.NaN, Number.MIN_VALUE, Number.MAX_VALUE]),
  bool: numberArray('bool', [1, 0, 1]),
  'two axes': { ...numberArray('int16', [1, 2, 3, 4, 5, 6], [3]), flavor: 'array' },
  'equal-sized arrays': numberArray('uint16', [1, 2, 3, 4, 5, 6], [3]),
  'equal-sized arrays of two and one axes': {
    ...numberArray('uint16', [1, 2, 3, 4, 5, 6, 7, 8], [2, 2]),
    outerRank: 2,
  },
  'fixed size': { ...numberArray('float64', [1, 2]), flavor: 'fixedsize' },
  enumeration: { ...numberArray('uint8', [1, 0]), element: 'enum{EVT_UNDEFINED=0,EVT_REAL=1}' },
  'detector ids': { ...numberArray('uint32', [0x02000002]), element: 'detectorid' },
  'empty array': numberArray('float32', []),
  'empty rows': numberArray('uint16', [], [4]),
  vectors: vectors([[1, 2], [], [3]]),
  'vectors, all empty': vectors([[], [], []]),
  'no vectors': vectors([]),
  'vectors of vectors': nested,
  'vectors of texts': {
    ...vectors([[0], [0, 0]]),
    flattened: { kind: 'strings', values: ['a', '', 'ccc'], attrs: {} },
  },
  texts: { kind: 'strings', values: ['', 'abc', 'größer', 'x '], attrs: {} },
  symbols: { kind: 'strings', values: ['a'], element: 'symbol', attrs: {} },
  'no texts': { kind: 'strings', values: [], attrs: {} },
  text: { kind: 'scalar', value: 'mC (milli-°C)', attrs: {} },
  symbol: { kind: 'scalar', value: 'V99999J', element: 'symbol', attrs: {} },
  'empty text': { kind: 'scalar', value: '', attrs: {} },
  number: { kind: 'scalar', value: Number.NaN, dtype: 'float64', attrs: {} },
  'big integer': { kind: 'scalar', value: 2n ** 62n + 1n, dtype: 'int64', attrs: {} },
  truth: { kind: 'scalar', value: false, dtype: 'bool', attrs: {} },
  struct: {
    kind: 'struct',
    fields: new Map<string, DataObject>([
      ['a', numberArray('int8', [1])],
      ['b', { kind: 'scalar', value: 'x', attrs: {} }],
    ]),
    attrs: { int_keys: 1 },
  },
  'struct of an unknown datatype': {
    kind: 'struct',
    datatype: 'view<1>{sparse}',
    fields: new Map([['entries', numberArray('int64', [1, 5])]]),
    attrs: {},
  },
  'empty struct': { kind: 'struct', fields: new Map(), attrs: {} },
  histogram: {
    kind: 'struct',
    attrs: {},
    fields: new Map<string, DataObject>([
      ['binning', { kind: 'struct', fields: new Map([['axis_0', axis]]), attrs: {} }],
      ['weights', numberArray('float64', [0, 1, 2])],
      ['isdensity', { kind: 'scalar', value: false, dtype: 'bool', attrs: {} }],
    ]),
  },
  table: sampleTable(9),
  'empty table': sampleTable(0),
  'table without columns': { kind: 'table', rows: 0, columns: new Map(), attrs: {} },
  'encoded vectors': encodedRows([[1, 2, 900], [], [-7]], 'vov', 'uleb128_zigzag_diff'),
  'encoded arrays': encodedRows(
    [
      [1, 2, 3],
      [4, 50, 600],
    ],
    'aoesa',
    'radware_sigcompress',
  ),
};

/** Columns and fields come back in the order of their names, bool attributes as numbers: bring both into one form. */
function canonical(object: DataObject): DataObject {
  const sorted = (fields: ReadonlyMap<string, DataObject>): Map<string, DataObject> =>
    new Map(
      [...fields].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, field]) => [name, canonical(field)]),
    );
  if (object.kind === 'table') return { ...object, columns: sorted(object.columns) };
  if (object.kind === 'struct') return { ...object, fields: sorted(object.fields) };
  return object;
}

describe.each(everyWay)('LH5 files through %s', (_name, backend, shuffle) => {
  const place = temporaryFolder();
  let count = 0;

  async function roundTrip(object: DataObject, options: StoreOptions = {}): Promise<DataObject> {
    count += 1;
    const file = place(`${count}.lh5`);
    const writer = await backend.createWriter(file);
    await writer.write('a/b/object', object, options);
    await writer.close();
    const reader = await backend.openReader(file);
    const tree = await reader.tree();
    expect(
      JSON.stringify(tree, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
    ).not.toContain('"fault"');
    const back = await reader.read('/a/b/object/', { decode: false });
    await reader.close();
    return back;
  }

  describe.each([
    ['plain', 'none'],
    ['gzip', { gzip: 4 }],
  ] as const)('%s', (_kind, compression) => {
    it.each(Object.keys(objects))('%s comes back equal', async (name) => {
      const object = objects[name]!;
      expect(canonical(await roundTrip(object, { compression }))).toEqual(canonical(object));
    });
  });

  it('keeps attributes of every kind', async () => {
    const attrs = {
      units: 'keV',
      text: 'größer',
      small: -5,
      real: 0.1,
      big: 2n ** 60n,
      unsigned: 2n ** 64n - 1n,
      many: [1.5, 2],
      whole: [1, 2],
      names: ['a', 'bc'],
      bigs: [1n, 2n],
      none: '',
    };
    const object = { ...numberArray('int16', [1]), attrs };
    expect((await roundTrip(object)).attrs).toEqual(attrs);
    const table: Table = { ...sampleTable(2), attrs };
    expect((await roundTrip(table)).attrs).toEqual(attrs);
  });

  it('copies data that it does not understand byte by byte', async () => {
    const complex = {
      type: 6,
      size: 16,
      signed: false,
      littleEndian: true,
      vlen: false,
      compound_type: {
        nmembers: 2,
        members: ['r', 'i'].map((name, k) => ({
          name,
          offset: 8 * k,
          type: 1,
          size: 8,
          signed: false,
          littleEndian: true,
          vlen: false,
        })),
      },
    };
    const bytes = new Uint8Array(Float64Array.of(1, 2, 3, 4).buffer);
    const object: Opaque = {
      kind: 'opaque',
      datatype: 'array<1>{complex}',
      elementType: complex,
      elementBytes: 16,
      shape: [2],
      bytes,
      attrs: { units: 'V' },
    };
    const back = await roundTrip(object);
    expect(back).toMatchObject({
      kind: 'opaque',
      datatype: 'array<1>{complex}',
      elementBytes: 16,
      shape: [2],
      bytes,
      attrs: { units: 'V' },
    });
    const again = await roundTrip(back);
    expect(again).toMatchObject({ bytes, datatype: 'array<1>{complex}' });
  });

  it('decodes waveform codes when it reads', async () => {
    const rows = [
      [1, 2, 3],
      [4, 50, 600],
    ];
    const file = place('encoded.lh5');
    const writer = await backend.createWriter(file);
    await writer.write('radware', encodedRows(rows, 'aoesa', 'radware_sigcompress'));
    await writer.append('uleb', encodedRows(rows, 'vov', 'uleb128_zigzag_diff'));
    await writer.append('uleb', encodedRows([[-9]], 'vov', 'uleb128_zigzag_diff'));
    await writer.close();
    const reader = await backend.openReader(file);
    expect(await reader.read('radware', { rows: [1, 2] })).toEqual({
      ...numberArray('int32', [4, 50, 600], [3]),
      attrs: { units: 'adc' },
    });
    const vov = await reader.read('uleb', { rows: [1, 3] });
    expect(vov).toMatchObject({
      kind: 'vov',
      cumulative: { data: Uint32Array.of(3, 4) },
      flattened: { data: Int32Array.of(4, 50, 600, -9) },
      attrs: { units: 'adc' },
    });
    await reader.close();
  });

  it('names the parents, sorts the fields and tells what is what in the tree', async () => {
    const file = place('tree.lh5');
    const writer = await backend.createWriter(file);
    await writer.append('ch1/raw', sampleTable(3));
    await writer.write('ch0/info', { kind: 'scalar', value: 'x', attrs: {} });
    await writer.write('ch1/z', numberArray('int8', [1]), { compression: 'none' });
    await writer.write('ch1/histogram', objects['histogram']!);
    await writer.close();
    const reader = await backend.openReader(file);
    const tree = await reader.tree();
    expect(tree.datatype).toBe('struct{ch0,ch1}');
    const [, ch1] = tree.children;
    expect(ch1?.datatype).toBe('struct{histogram,raw,z}');
    const kinds = Object.fromEntries((ch1?.children ?? []).map((node) => [node.name, node.kind]));
    expect(kinds).toEqual({ histogram: 'histogram', raw: 'table', z: 'array' });
    const raw = await reader.tree('ch1/raw', { depth: 1 });
    expect(raw.rows).toBe(3);
    expect(
      Object.fromEntries(raw.children.map((node) => [node.name, [node.kind, node.dtype, node.rows]])),
    ).toEqual({
      energy: ['array', 'float32', 3],
      flag: ['array', 'uint8', 3],
      hits: ['vov', null, 3],
      text: ['strings', 'string', 3],
      timestamp: ['array', 'int64', 3],
      waveform: ['waveform', null, 3],
    });
    expect(raw.children.find((node) => node.name === 'timestamp')?.storage?.filters).toEqual([
      ...shuffle,
      'gzip:4',
    ]);
    expect(raw.children.find((node) => node.name === 'flag')?.datatype).toBe('array<1>{bool}');
    await reader.close();
  });
});
