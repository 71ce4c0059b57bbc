import type { DataObject, NdArray } from '@countroom/records';
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
const nested: DataObject = { ...vectors([[0, 0], [], [0]]), flattened: vectors([[1, 2], [], [3]]) };

function coded(codec: Parameters<typeof encodeWaveforms>[1]): DataObject {
  const times: NdArray = {
    ...numberArray('float32', new Array<number>(10).fill(16)),
    attrs: { units: 'ns' },
  };
  const columns = new Map<string, DataObject>([
    ['dt', times],
    ['t0', times],
    ['values', encodeWaveforms(wave, codec)],
  ]);
  return { kind: 'table', rows: 10, columns, attrs: {} };
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
      const file = place('theirs.lh5');
      await python('write.py', file);
      const { objects } = JSON.parse(await python('dump.py', file)) as Dump;
      expect(Object.keys(objects).length).toBeGreaterThan(20);
      for (const backend of [lh5Backend, h5wasmBackend]) {
        const ours = await readPlain(backend, file);
        for (const [name, theirs] of Object.entries(objects))
          expect({ [name]: ours[name] }).toEqual({ [name]: theirs });
      }
    });
  },
  180_000,
);

/** What was written, as it is read: waveforms decoded. */
function decoded(path: string): DataObject {
  const object = written[path]!;
  if (object.kind !== 'table' || (path !== 'radware' && path !== 'uleb')) return object;
  return { ...object, columns: new Map<string, DataObject>([...object.columns, ['values', wave]]) };
}
