import { readdirSync, readFileSync } from 'node:fs';
import {
  concatRows,
  type DataObject,
  type NdArray,
  type Struct,
  sliceRows,
  type Table,
} from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { h5wasmBackend, lh5Backend } from '../backend.js';
import { encodeWaveforms } from '../codecs/encode.js';
import type { Lh5Writer } from '../ports.js';
import { numberArray, sampleTable, vectors } from '../testing/sample-objects.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { writeObject } from './write-object.js';

const place = temporaryFolder();
let count = 0;

async function newFile(write: (writer: Lh5Writer) => Promise<void>, backend = lh5Backend): Promise<string> {
  count += 1;
  const file = place(`${count}.lh5`);
  const writer = await backend.createWriter(file, { compression: { gzip: 2 }, fletcher32: true });
  await write(writer);
  await writer.close();
  return file;
}

/** Reads with the library, so that it has to agree. */
async function read(file: string, path: string): Promise<DataObject> {
  const reader = await h5wasmBackend.openReader(file);
  const object = await reader.read(path, { decode: false });
  await reader.close();
  return object;
}

function columns(table: DataObject): Record<string, DataObject> {
  return table.kind === 'table' ? Object.fromEntries(table.columns) : {};
}

function withColumns(table: Table, change: (columns: Map<string, DataObject>) => void): Table {
  const changed = new Map(table.columns);
  change(changed);
  return { ...table, columns: changed };
}

const raw = 'ch0/raw';
const start = (): Promise<string> =>
  newFile(async (writer) => {
    await writer.write(raw, sampleTable(9));
    await writer.write('ch0/info', { kind: 'scalar', value: 'before', attrs: { by: 'us' } });
    await writer.write('ch1/raw', sampleTable(40));
  });

describe('write modes', () => {
  it('write_safe makes what is not there and refuses what is', async () => {
    const file = place('new.lh5');
    await writeObject(file, raw, sampleTable(3), { mode: 'write_safe' });
    await writeObject(file, 'ch1/raw', sampleTable(4), { mode: 'write_safe' });
    const before = readFileSync(file);
    await expect(writeObject(file, raw, sampleTable(3), { mode: 'write_safe' })).rejects.toThrow(
      /new\.lh5 \/ch0\/raw: is there already/,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(columns(await read(file, 'ch1/raw'))).toEqual(columns(sampleTable(4)));
    const reader = await lh5Backend.openReader(file);
    expect((await reader.tree('', { depth: 1 })).datatype).toBe('struct{ch0,ch1}');
    await reader.close();
  });

  it('append adds rows, keeps how they are stored, replaces scalars', async () => {
    const file = await start();
    await writeObject(file, raw, sampleTable(5, 9));
    await writeObject(file, 'ch0/info', { kind: 'scalar', value: 'after', attrs: {} });
    expect(columns(await read(file, raw))).toEqual(columns(sampleTable(14)));
    expect(await read(file, 'ch0/info')).toMatchObject({ value: 'after' });
    expect(columns(await read(file, 'ch1/raw'))).toEqual(columns(sampleTable(40)));
    const reader = await lh5Backend.openReader(file);
    const { storage, attrs } = await reader.tree(`${raw}/timestamp`);
    expect(storage?.filters).toEqual(['shuffle', 'gzip:2', 'fletcher32']);
    expect(attrs).toEqual({ units: 'ns' });
    await reader.close();
  });

  it('append refuses other columns and arrays of fixed size', async () => {
    const file = await newFile(async (writer) => {
      await writer.write(raw, sampleTable(2));
      await writer.write('fixed', { ...numberArray('int8', [1]), flavor: 'fixedsize' });
    });
    const less = withColumns(sampleTable(2), (all) => all.delete('flag'));
    const more = withColumns(sampleTable(2), (all) => all.set('extra', numberArray('int8', [1, 2])));
    await expect(writeObject(file, raw, less)).rejects.toThrow('the column flag is missing');
    await expect(writeObject(file, raw, more)).rejects.toThrow('the column extra is not in the table');
    await expect(writeObject(file, 'fixed', numberArray('int8', [2]))).rejects.toThrow('of fixed size');
    await expect(writeObject(file, `${raw}/x`, numberArray('int8', [2, 3]))).rejects.toThrow('append_column');
  });

  it('overwrite replaces rows from one on, ends there and deletes other columns', async () => {
    const file = await start();
    const some = withColumns(sampleTable(2, 100), (all) => all.delete('flag'));
    await writeObject(file, raw, some, { mode: 'overwrite', start: 4 });
    const expected = withColumns(concatRows([sampleTable(4), sampleTable(2, 100)]), (all) =>
      all.delete('flag'),
    );
    expect(columns(await read(file, raw))).toEqual(columns(expected));
    await writeObject(file, raw, numberArray('int8', [7]), { mode: 'overwrite' });
    expect(await read(file, raw)).toEqual(numberArray('int8', [7]));
    await expect(
      writeObject(file, raw, numberArray('int8', [7]), { mode: 'overwrite', start: 2 }),
    ).rejects.toThrow('row 2 is not between 0 and 1');
  });

  it('insert puts rows between others, of vectors and codes too', async () => {
    const file = await start();
    await writeObject(file, raw, sampleTable(3, 50), { mode: 'insert', start: 6 });
    const nine = sampleTable(9);
    expect(columns(await read(file, raw))).toEqual(
      columns(concatRows([sliceRows(nine, 0, 6), sampleTable(3, 50), sliceRows(nine, 6, 9)])),
    );
    const codes = (values: readonly number[]): DataObject =>
      encodeWaveforms(numberArray('uint16', values, [2]), { name: 'uleb128_zigzag_diff' });
    await writeObject(file, 'codes', codes([1, 2, 3, 4]));
    await writeObject(file, 'codes', codes([5, 6]), { mode: 'insert' });
    await writeObject(file, 'hits', vectors([[1], [2, 3]]));
    await writeObject(file, 'hits', vectors([[]]), { mode: 'insert', start: 1 });
    const reader = await lh5Backend.openReader(file);
    expect(await reader.read('codes')).toEqual(numberArray('uint16', [5, 6, 1, 2, 3, 4], [2]));
    expect(await reader.read('hits')).toEqual(vectors([[1], [], [2, 3]]));
    await reader.close();
  });

  it('append_column adds columns and fields', async () => {
    const file = await start();
    const fresh: Table = {
      kind: 'table',
      rows: 9,
      columns: new Map([['a_new', numberArray('uint8', [1, 2, 3, 4, 5, 6, 7, 8, 9])]]),
      attrs: {},
    };
    await writeObject(file, raw, fresh, { mode: 'append_column' });
    const expected = withColumns(sampleTable(9), (all) => all.set('a_new', fresh.columns.get('a_new')!));
    const table = await read(file, raw);
    expect(columns(table)).toEqual(columns(expected));
    expect(table.attrs).toEqual({ comment: 'made for tests' });
    const reader = await lh5Backend.openReader(file);
    expect((await reader.tree(raw)).datatype).toBe('table{a_new,energy,flag,hits,text,timestamp,waveform}');
    await reader.close();
    const struct: Struct = {
      kind: 'struct',
      fields: new Map([['more', numberArray('int8', [1])]]),
      attrs: {},
    };
    await writeObject(file, 'ch0', struct, { mode: 'append_column' });
    expect(await read(file, 'ch0/more')).toEqual(numberArray('int8', [1]));
    await expect(writeObject(file, raw, fresh, { mode: 'append_column' })).rejects.toThrow(
      'has a column a_new already',
    );
    await expect(writeObject(file, 'ch1/raw', fresh, { mode: 'append_column' })).rejects.toThrow(
      'has 40 rows',
    );
    await expect(writeObject(file, raw, struct, { mode: 'append_column' })).rejects.toThrow('is a table');
  });

  it('overwrite_file begins anew', async () => {
    const file = await start();
    await writeObject(file, 'x', numberArray('int8', [1]), { mode: 'overwrite_file' });
    const reader = await lh5Backend.openReader(file);
    expect((await reader.tree()).children.map(({ name }) => name)).toEqual(['x']);
    await reader.close();
  });
});

describe('changing a file', () => {
  it.each([
    ['the library', h5wasmBackend],
    ['us', lh5Backend],
  ] as const)('leaves everything else of files by %s as it is', async (_name, backend) => {
    const strange: DataObject = {
      kind: 'struct',
      datatype: 'view<1>{sparse}',
      fields: new Map<string, DataObject>([['entries', numberArray('int64', [1, 5])]]),
      attrs: { real: 0.5, whole: 3, names: ['a', 'bc'] },
    };
    const many: DataObject = {
      kind: 'strings',
      values: Array.from({ length: 5000 }, (_, k) => `t${k}`),
      attrs: {},
    };
    const file = await newFile(async (writer) => {
      await writer.write('a/strange', strange);
      await writer.write('a/many', many);
      await writer.write('a/table', sampleTable(300), { chunkRows: 7 });
      await writer.write('a/wide', numberArray('float32', new Array<number>(6000).fill(2), [2000]));
    }, backend);
    const reader = await lh5Backend.openReader(file);
    const before = await reader.tree('a');
    await reader.close();
    await writeObject(file, 'b', numberArray('int8', [1]));
    const again = await lh5Backend.openReader(file);
    const after = await again.tree('a');
    await again.close();
    expect(after).toEqual(before);
    expect(await read(file, 'a/strange')).toEqual(strange);
    expect(await read(file, 'a/many')).toEqual(many);
    expect(columns(await read(file, 'a/table'))).toEqual(columns(sampleTable(300)));
  });

  it('that fails in the middle leaves the old file whole and nothing beside it', async () => {
    const file = await start();
    const before = readFileSync(file);
    const files = readdirSync(place('.'));
    let left = 0;
    const broken: NdArray = {
      ...numberArray('uint16', [1, 2, 3, 4, 5, 6], [3]),
      // Still there when they are checked, gone when they are to be written.
      get data(): NdArray['data'] {
        left -= 1;
        if (left < 0) throw new Error('the data have gone');
        return new Uint16Array(6);
      },
    };
    const good = sampleTable(2);
    // The last column of the table, so that others have been written before.
    const bad = withColumns(good, (all) => {
      const waveform = all.get('waveform') as Table;
      all.set(
        'waveform',
        withColumns(waveform, (inner) => inner.set('values', broken)),
      );
    });
    for (const mode of ['append', 'overwrite', 'insert', 'overwrite_file'] as const) {
      left = 1;
      await expect(writeObject(file, raw, bad, { mode })).rejects.toThrow('the data have gone');
      expect(left).toBe(-1);
    }
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(place('.'))).toEqual(files);
  });
});
