import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { h5wasmBackend, lh5Backend, ownBackend } from './backend.js';
import { Lh5Error } from './errors.js';
import { writeAttribute } from './h5wasm/attributes.js';
import { createFixedDataset } from './h5wasm/dataset-writer.js';
import { closeFile, createFile, createGroup } from './h5wasm/open-file.js';
import { numberType } from './hdf5/element-type.js';
import { below } from './hdf5/place.js';
import { UnknownFormat } from './hdf5/source.js';
import type { Lh5Backend, Lh5Reader, TreeNode } from './ports.js';
import { numberArray, sampleTable } from './testing/sample-objects.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const placeAnywhere = temporaryFolder();

function paths(node: TreeNode): string[] {
  return [node.path, ...node.children.flatMap(paths)];
}

/** Reads whatever there is; returns the failures, all of which must be ours. */
async function readEverything(
  openReader: Lh5Backend['openReader'],
  file: string,
  alone: boolean,
): Promise<number> {
  let failures = 0;
  const attempt = async <T>(action: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await action();
    } catch (error) {
      if (error instanceof UnknownFormat && alone) return undefined;
      if (!(error instanceof Lh5Error)) throw error;
      expect(error.message).toContain(file);
      failures += 1;
      return undefined;
    }
  };
  const reader = await attempt(() => openReader(file));
  if (reader === undefined) return failures;
  const tree = await attempt(() => reader.tree());
  for (const path of tree === undefined ? [] : paths(tree)) await attempt(() => reader.read(path));
  await attempt(() => reader.close());
  return failures;
}

describe.each([
  ['the library', h5wasmBackend, h5wasmBackend],
  ['our reader, files of the library', ownBackend, h5wasmBackend],
  ['our reader, files of our writer', ownBackend, ownBackend],
  ['our reader and the library behind it', lh5Backend, lh5Backend],
] as const)('bad files: %s', (kind, reading, writing) => {
  const openReader = (file: string): Promise<Lh5Reader> => reading.openReader(file);
  const place = (name: string): string => placeAnywhere(`${kind} ${name}`);

  describe('files that are none', () => {
    it.each([
      ['missing.lh5', undefined, 'cannot be opened'],
      ['empty.lh5', Buffer.alloc(0), 'is empty'],
      [
        'text.lh5',
        Buffer.from('this is no HDF5 file, but long enough to be looked at'),
        'is not an HDF5 file',
      ],
      ['short.lh5', Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 2]), 'is damaged'],
    ])('%s', async (name, content, message) => {
      const file = place(name);
      if (content !== undefined) writeFileSync(file, content);
      await expect(openReader(file)).rejects.toThrow(`${file}: ${message}`);
    });

    it('a folder', async () => {
      await expect(openReader(placeAnywhere('.'))).rejects.toThrow('is not a file');
    });
  });

  describe('damaged files', () => {
    let bytes: Buffer;

    beforeAll(async () => {
      const file = place('good.lh5');
      const writer = await writing.createWriter(file, { chunkRows: 16 });
      await writer.append('ch0/raw', sampleTable(100));
      await writer.write('ch0/plain', numberArray('int32', [1, 2, 3]), { compression: 'none' });
      await writer.close();
      bytes = readFileSync(file);
    });

    it('a truncated file is told with its bytes', async () => {
      const file = place('truncated.lh5');
      for (const part of [0.999, 0.5, 0.1]) {
        writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length * part)));
        await expect(openReader(file)).rejects.toThrow(
          /truncated\.lh5: is (truncated: \d+ of \d+ bytes are there|damaged)/,
        );
      }
    });

    it('wrong bytes anywhere never crash, and other files stay readable', { timeout: 60_000 }, async () => {
      const file = place('wrong.lh5');
      let seed = 12_345;
      const random = (below: number): number => {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
        return Math.floor((seed / 2 ** 32) * below);
      };
      let failures = 0;
      for (let round = 0; round < 150; round += 1) {
        const wrong = Buffer.from(bytes);
        for (let k = 0; k < 1 + (round % 20); k += 1) wrong[random(wrong.length)] = random(256);
        writeFileSync(file, wrong);
        failures += await readEverything(openReader, file, reading === ownBackend);
      }
      expect(failures).toBeGreaterThan(10);
      expect(await readEverything(openReader, place('good.lh5'), false)).toBe(0);
    });
  });

  describe('files that contradict themselves', () => {
    /** The writer makes no such files: they are put together here, the parts named by their lengths. */
    async function contradiction(
      name: string,
      datatype: string,
      parts: Readonly<Record<string, number>>,
    ): Promise<string> {
      const file = place(`${name}.lh5`);
      const root = await createFile(file, file);
      const table = below(root, 't');
      createGroup(table);
      writeAttribute(table, 'datatype', datatype);
      for (const [part, length] of Object.entries(parts)) {
        const data = Int16Array.from({ length }, (_, k) => k + 1);
        createFixedDataset(below(table, part), numberType('int16'), [length], new Uint8Array(data.buffer));
        writeAttribute(below(table, part), 'datatype', 'array<1>{real}');
      }
      root.library.create_soft_link(root.id, '/nowhere', '/dangling');
      root.library.create_soft_link(root.id, '/t', '/alias');
      root.library.create_external_link(root.id, '/etc/other.h5', '/x', '/outside');
      root.library.create_soft_link(root.id, 'outside/y', '/detour');
      closeFile(root);
      return file;
    }

    it('columns of different length', async () => {
      const reader = await openReader(await contradiction('lengths', 'table{a,b}', { a: 3, b: 2 }));
      await expect(reader.read('t')).rejects.toThrow(
        /lengths\.lh5 \/t: column b has 2 rows, the others have 3/,
      );
      expect((await reader.tree('t')).fault).toBe('column b has 2 rows, the first one has 3');
      expect(await reader.read('t/b')).toEqual(numberArray('int16', [1, 2]));
      await reader.close();
    });

    it('a listed column that is missing, and one that is not listed', async () => {
      const reader = await openReader(await contradiction('missing-column', 'table{a,c}', { a: 3, v: 3 }));
      await expect(reader.read('t')).rejects.toThrow('its field c is named in the datatype but is not there');
      const { children } = await reader.tree('t');
      expect(children.map((node) => [node.name, node.unlisted, node.fault])).toEqual([
        ['a', false, undefined],
        ['c', false, 'is named in the datatype but is not there'],
        ['v', true, undefined],
      ]);
      expect((await reader.readTable('t', { columns: ['a'] })).rows).toBe(3);
      await reader.close();
    });

    it('an unknown datatype is passed through, a link that leads nowhere is shown', async () => {
      const reader = await openReader(await contradiction('unknown', 'view<1>{dense}', { a: 3 }));
      expect(await reader.read('t')).toMatchObject({ kind: 'struct', datatype: 'view<1>{dense}' });
      const tree = await reader.tree();
      expect(tree.children.map((node) => [node.name, node.kind, node.target])).toEqual([
        ['alias', 'opaque', undefined],
        ['dangling', 'link', '/nowhere'],
        ['detour', 'link', 'outside/y'],
        ['outside', 'link', '/etc/other.h5:/x'],
        ['t', 'opaque', undefined],
      ]);
      expect(await reader.read('alias/a')).toEqual(numberArray('int16', [1, 2, 3]));
      await expect(reader.read('outside/x')).rejects.toThrow('or in another file');
      await expect(reader.read('detour')).rejects.toThrow('or in another file');
      await expect(reader.read('dangling')).rejects.toThrow('is a link whose target is not there');
      await reader.close();
    });

    it('a group that claims to be an array', async () => {
      const reader = await openReader(await contradiction('kind', 'array<1>{real}', { a: 3 }));
      await expect(reader.read('t')).rejects.toThrow(
        'is a group, which the datatype array<1>{real} does not allow',
      );
      await reader.close();
    });

    it('what is not there, what has no rows, and a closed file', async () => {
      const reader = await openReader(await contradiction('plain', 'struct{a}', { a: 3 }));
      await expect(reader.read('t/x/y')).rejects.toThrow(/plain\.lh5 \/t\/x\/y: there is no such object/);
      await expect(reader.rowCount('t')).rejects.toThrow('has no rows');
      await expect(reader.read('t', { rows: [0, 1] })).rejects.toThrow('leave the row range away');
      await expect(reader.readTable('t/a')).rejects.toThrow('is not a table but array');
      expect(await reader.has('t/a')).toBe(true);
      expect(await reader.has('t/b')).toBe(false);
      await reader.close();
      await reader.close();
      await expect(reader.read('t/a')).rejects.toThrow('the file has been closed');
    });
  });
});
