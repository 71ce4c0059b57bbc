import { copyFileSync } from 'node:fs';
import {
  concatRows,
  type DataObject,
  type NdArray,
  rowsOf,
  type Table,
  type VectorOfVectors,
} from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { h5wasmBackend, lh5Backend } from '../backend.js';
import { encodeWaveforms } from '../codecs/encode.js';
import type { Lh5Backend } from '../ports.js';
import { missingPython, python } from '../testing/python.js';
import {
  complexArray,
  numberArray,
  regularHistogram,
  sampleTable,
  vectors,
} from '../testing/sample-objects.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { writeObject } from '../write/write-object.js';
import { type Plain, plain } from './plain.js';

const reason = await missingPython();
const place = temporaryFolder();

interface Dump {
  readonly objects: Readonly<Record<string, Plain>>;
  /** Compression, shuffle and Fletcher32 of every dataset. */
  readonly storage: Readonly<Record<string, readonly [string | null, boolean, boolean]>>;
}

const wave: NdArray = numberArray(
  'uint16',
  Array.from({ length: 3000 }, (_, k) => 14_000 + ((k * k) % 91)),
  [300],
);
const nestedLike: DataObject = {
  ...vectors([[0, 0], []]),
  flattened: { ...vectors([[8, 9], []]), flattened: numberArray('int16', [8, 9]) },
};
const nested: DataObject = { ...vectors([[0, 0], [], [0]]), flattened: vectors([[1, 2], [], [3]]) };

/** Samples of different lengths. */
const lists: VectorOfVectors = {
  kind: 'vov',
  cumulative: numberArray('uint32', [5, 7, 46]),
  flattened: numberArray(
    'uint16',
    Array.from({ length: 46 }, (_, k) => 14_000 + 3 * k),
  ),
  attrs: {},
};

function structOf(fields: Record<string, DataObject>): DataObject {
  return { kind: 'struct', fields: new Map(Object.entries(fields)), attrs: {} };
}

function coded(
  codec: Parameters<typeof encodeWaveforms>[1],
  samples: NdArray | VectorOfVectors = wave,
): DataObject {
  const rows = rowsOf(samples);
  const times: NdArray = {
    ...numberArray('float32', new Array<number>(rows).fill(16)),
    attrs: { units: 'ns' },
  };
  const columns = new Map<string, DataObject>([
    ['dt', times],
    ['t0', times],
    ['values', encodeWaveforms(samples, codec)],
  ]);
  return { kind: 'table', rows, columns, attrs: {} };
}

const written: Readonly<Record<string, DataObject>> = {
  truth: { kind: 'scalar', value: true, dtype: 'bool', attrs: {} },
  real: { kind: 'scalar', value: 0.1, dtype: 'float64', attrs: { units: 'keV' } },
  whole: { kind: 'scalar', value: -(2n ** 60n), dtype: 'int64', attrs: {} },
  text: { kind: 'scalar', value: 'größer als µ', attrs: {} },
  empty_text: { kind: 'scalar', value: '', attrs: {} },
  numbers: { ...numberArray('int64', [0, -(2n ** 63n), 2n ** 63n - 1n]), attrs: { units: 'ns' } },
  unsigned: numberArray('uint64', [0n, 2n ** 64n - 1n]),
  floats: numberArray('float32', [1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]),
  truths: numberArray('bool', [1, 0, 1]),
  complexes: complexArray([1, 2, 0, -0.5]),
  cube: {
    ...numberArray(
      'int16',
      Array.from({ length: 24 }, (_, k) => k),
      [3, 4],
    ),
    flavor: 'array',
  },
  plane: { ...numberArray('float64', [0, 1, 2, 3, 4, 5], [3]), flavor: 'array', attrs: { units: 'keV' } },
  ids: { ...numberArray('uint32', [0x0200_0002, 0x020e_75f0]), element: 'detectorid' },
  deep: {
    ...vectors([[0, 0], [0]]),
    flattened: { ...vectors([[0], [], [0, 0]]), flattened: vectors([[1, 2], [], [3]]) },
  },
  struct: structOf({ a: { kind: 'scalar', value: 1, dtype: 'int32', attrs: {} }, b: vectors([[1], []]) }),
  fixed: { ...numberArray('uint8', [0, 1, 2, 3]), flavor: 'fixedsize' },
  equal: numberArray('uint16', [1, 2, 3, 4, 5, 6], [3]),
  none: numberArray('float64', []),
  choices: { ...numberArray('uint8', [1, 0]), element: 'enum{EVT_UNDEFINED=0,EVT_REAL=1}' },
  names: { kind: 'strings', values: ['ab', 'größer', ''], attrs: {} },
  many_names: { kind: 'strings', values: Array.from({ length: 9000 }, (_, k) => `name ${k}`), attrs: {} },
  vectors: vectors([[1, 2], [], [3]]),
  no_vectors: vectors([]),
  nested,
  histogram: regularHistogram([1, 2, 4], -1, 0.5),
  table: sampleTable(5000),
  empty_table: sampleTable(0),
  radware_vectors: coded({ name: 'radware_sigcompress', shift: -32_768 }, lists),
  uleb_vectors: coded({ name: 'uleb128_zigzag_diff' }, lists),
  radware: coded({ name: 'radware_sigcompress', shift: -32_768 }),
  uleb: coded({ name: 'uleb128_zigzag_diff' }),
};

async function write(backend: Lh5Backend, file: string): Promise<void> {
  const writer = await backend.createWriter(file, { chunkRows: 512, fletcher32: true, sha256: true });
  for (const [name, object] of Object.entries(written)) await writer.write(name, object);
  await writer.close();
}

async function readPlain(backend: Lh5Backend, file: string): Promise<Record<string, Plain>> {
  const reader = await backend.openReader(file);
  const found: Record<string, Plain> = {};
  for (const { name } of (await reader.tree('', { depth: 1 })).children) {
    found[name] = plain(await reader.read(name));
  }
  await reader.close();
  return found;
}

let theirs: Promise<string> | undefined;

/** A file with everything that legend-lh5io writes. */
function theirFile(): Promise<string> {
  const file = place('theirs.lh5');
  theirs ??= python('write.py', file).then(() => file);
  return theirs;
}

const title = `with legend-lh5io and h5py${reason === undefined ? '' : ` (skipped: ${reason})`}`;

describe.skipIf(reason !== undefined)(
  title,
  () => {
    it.each([
      ['our writer', lh5Backend],
      ['the library', h5wasmBackend],
    ] as const)('files by %s are read value by value', async (name, backend) => {
      const file = place(`${name}.lh5`);
      await write(backend, file);
      const { objects, storage } = JSON.parse(await python('dump.py', file)) as Dump;
      for (const path of Object.keys(written))
        expect({ [path]: objects[path] }).toEqual({ [path]: plain(decoded(path)) });
      if (backend === lh5Backend) {
        expect(storage['table/timestamp']).toEqual(['gzip', true, true]);
        expect(storage['table/flag']).toEqual(['gzip', false, true]);
      }
    });

    it('every kind that legend-lh5io writes is read, by our reader and by the library', async () => {
      const file = await theirFile();
      const { objects } = JSON.parse(await python('dump.py', file)) as Dump;
      expect(Object.keys(objects).length).toBeGreaterThan(20);
      for (const backend of [lh5Backend, h5wasmBackend]) {
        const ours = await readPlain(backend, file);
        for (const [name, theirs] of Object.entries(objects))
          expect({ [name]: ours[name] }).toEqual({ [name]: theirs });
      }
    });

    it('our files are changed by legend-lh5io in every mode', async () => {
      const file = place('changed by them.lh5');
      const writer = await lh5Backend.createWriter(file);
      for (const path of ['appended', 'replaced', 'widened']) await writer.write(path, countedRows(0, 10));
      await writer.write('scalar', { kind: 'scalar', value: 'a', attrs: {} });
      await writer.close();
      const { objects } = JSON.parse(await python('change.py', file)) as Dump;
      const ours = await readPlain(lh5Backend, file);
      expect(ours).toEqual(objects);
      expect(ours['appended']).toEqual(plain(concatRows([countedRows(0, 10), countedRows(100, 3)])));
      expect(ours['scalar']).toEqual({ scalar: 'b' });
    });

    it('files by legend-lh5io are changed by us in every mode, and read by it', async () => {
      const file = place('changed by us.lh5');
      copyFileSync(await theirFile(), file);
      const before = await readPlain(lh5Backend, file);
      const table = { ...countedRows(0, 4), columns: new Map([['x', numberArray('uint32', [1, 2, 3, 4])]]) };
      const added = {
        ...countedRows(0, 300),
        columns: new Map([
          [
            'more',
            numberArray(
              'int8',
              Array.from({ length: 300 }, (_, k) => k % 9),
            ),
          ],
        ]),
      };
      await writeObject(file, 'vectors', { ...vectors([[9], []]), flattened: numberArray('float32', [9]) });
      await writeObject(file, 'nested', nestedLike, { mode: 'append' });
      await writeObject(file, 'numbers', numberArray('int64', [5]), { mode: 'insert', start: 1 });
      await writeObject(file, 'table', table, { mode: 'overwrite', start: 100 });
      await writeObject(file, 'waveform', added, { mode: 'append_column' });
      await writeObject(file, 'real', { kind: 'scalar', value: 2.5, dtype: 'float64', attrs: {} });
      await writeObject(file, 'ours', sampleTable(20), { mode: 'write_safe' });
      await expect(writeObject(file, 'ours', sampleTable(2), { mode: 'write_safe' })).rejects.toThrow(
        'already',
      );
      const { objects } = JSON.parse(await python('dump.py', file)) as Dump;
      const ours = await readPlain(lh5Backend, file);
      expect(ours).toEqual(objects);
      const changed = Object.keys(ours).filter(
        (path) => JSON.stringify(ours[path]) !== JSON.stringify(before[path]),
      );
      expect(changed.sort()).toEqual(['nested', 'numbers', 'ours', 'real', 'table', 'vectors', 'waveform']);
      expect(ours['table']).toMatchObject({ table: { x: { shape: [104] } } });
      expect(ours['numbers']).toMatchObject({
        array: ['0', '5', String(-(2n ** 63n)), String(2n ** 63n - 1n)],
      });
    });
  },
  180_000,
);

/** Rows that are told apart by their numbers, in the form that change.py adds to. */
function countedRows(first: number, rows: number): Table {
  const numbers = Array.from({ length: rows }, (_, k) => first + k);
  return {
    kind: 'table',
    rows,
    columns: new Map<string, DataObject>([
      ['number', { ...numberArray('int32', numbers), attrs: { units: 'keV' } }],
      [
        'hits',
        {
          kind: 'vov',
          cumulative: numberArray(
            'uint32',
            numbers.map((_, k) => 2 * k + 2),
          ),
          flattened: numberArray(
            'int16',
            numbers.flatMap((k) => [k, k + 1]),
          ),
          attrs: {},
        },
      ],
    ]),
    attrs: {},
  };
}

/** What was written, as it is read: waveforms decoded. */
function decoded(path: string): DataObject {
  const object = written[path]!;
  if (object.kind !== 'table' || !/^(radware|uleb)/.test(path)) return object;
  const values = path.endsWith('_vectors') ? lists : wave;
  return { ...object, columns: new Map<string, DataObject>([...object.columns, ['values', values]]) };
}
