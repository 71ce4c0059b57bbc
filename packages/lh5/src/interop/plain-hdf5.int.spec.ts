import { describe, expect, it } from 'vitest';
import { h5wasmBackend } from '../backend.js';
import { openFileSource } from '../format/read/file-source.js';
import { openLibrarySource } from '../h5wasm/source.js';
import { jsonSlice, openHdf5, typeText } from '../index.js';
import type { Hdf5Axis } from '../plain/hdf5-file.js';
import { readSlice } from '../plain/slice.js';
import { missingPython, python } from '../testing/python.js';
import { temporaryFolder } from '../testing/temporary-folder.js';

const reason = await missingPython();
const place = temporaryFolder();

type Expected = Readonly<Record<string, { readonly axes: readonly Hdf5Axis[]; readonly values: unknown }>>;

describe.skipIf(reason !== undefined)(
  `any HDF5 file, as h5py reads it${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    it.each(['earliest', 'v110', 'latest'])(
      'of format version %s, by both implementations',
      async (version) => {
        const file = place(`${version}.h5`);
        const expected = JSON.parse(await python('plain_file.py', file, version)) as Expected;
        for (const open of [openFileSource, openLibrarySource]) {
          const source = await open(file);
          for (const [path, { axes, values }] of Object.entries(expected)) {
            if (open === openLibrarySource && path === 'lists') continue;
            expect({ [path]: jsonSlice(readSlice(source, path, axes)) }).toEqual({ [path]: values });
          }
          source.close();
        }
      },
    );

    it('is listed with its types, links and attributes', async () => {
      const path = place('listed.h5');
      await python('plain_file.py', path, 'v110');
      const file = await openHdf5(path);
      const root = await file.tree('', { depth: 2 });
      const nodes = Object.fromEntries(root.children.map((node) => [node.name, node]));
      expect(root).toMatchObject({ kind: 'group', attrs: { title: 'plain' }, childCount: 18 });
      const types = Object.values(nodes).flatMap(({ name, type }) =>
        type === null ? [] : [[name, typeText(type)]],
      );
      expect(Object.fromEntries(types)).toEqual({
        big: 'int32',
        bits: 'uint8',
        choices: 'enum of int8',
        chunked: 'float64',
        empty: 'float32',
        fixed: 'string of 5 bytes',
        half: 'float16',
        holes: 'int16',
        link: 'int64',
        lists: 'list of int32',
        none: 'uint32',
        one: 'float64',
        points: 'compound { x: int16, y: float32, name: string of 4 bytes, flags: bool, grid: uint8[2 × 2] }',
        texts: 'string',
        truths: 'bool',
        wide: 'int64',
      });
      expect(nodes['away']).toMatchObject({ kind: 'link', target: 'other.h5:/x' });
      expect(nodes['group']).toMatchObject({ kind: 'group', childCount: 1 });
      expect(nodes['group']?.children[0]?.attrs).toEqual({ units: 'mm' });
      expect(nodes['chunked']?.storage).toMatchObject({ chunks: [2, 3, 4], filters: ['shuffle', 'gzip:4'] });
      await expect(file.read('group')).rejects.toThrow('only datasets hold data');
      await expect(file.read('big', { axes: [9] })).rejects.toThrow('there is no index 9');
      await expect(file.read('nowhere')).rejects.toThrow('no such object');
      await file.close();
      await expect(file.tree()).rejects.toThrow('closed');
      const reader = await h5wasmBackend.openReader(path);
      expect((await reader.read('half')).kind).toBe('opaque');
      await reader.close();
    });
  },
  180_000,
);
