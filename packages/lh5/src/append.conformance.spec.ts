import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { concatRows, type DataObject, sliceRows, type Table } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import type { WriterOptions } from './ports.js';
import { everyWay } from './testing/every-way.js';
import { numberArray, sampleTable, vectors } from './testing/sample-objects.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const total = 5000;

function byName(table: DataObject): Record<string, DataObject> {
  return table.kind === 'table' ? Object.fromEntries(table.columns) : {};
}

describe.each(everyWay)('appending and ranges through %s', (_name, backend, shuffle) => {
  const place = temporaryFolder();
  const whole = sampleTable(total);

  async function writeInPieces(
    file: string,
    pieces: readonly number[],
    options: WriterOptions,
  ): Promise<void> {
    const writer = await backend.createWriter(file, options);
    let first = 0;
    for (let k = 0; first < total; k += 1) {
      const rows = Math.min(pieces[k % pieces.length]!, total - first);
      await writer.append('raw', sliceRows(whole, first, first + rows));
      first += rows;
      expect(await writer.rowCount('raw')).toBe(first);
    }
    await writer.close();
  }

  describe.each([
    ['one by one and in bulk, plain', [1, 700, 0, 3], { compression: 'none', chunkRows: 64 }],
    ['smaller than chunks, gzip', [37], { compression: { gzip: 1 }, chunkRows: 500 }],
    ['larger than chunks, gzip', [999, 1201], { compression: { gzip: 6 }, chunkRows: 100 }],
    ['default chunks', [1234], {}],
  ] as const)('%s', (kind, pieces, options) => {
    it('reads back what was appended, whole and in any range', async () => {
      const file = place(`${kind}.lh5`);
      await writeInPieces(file, pieces, options);
      const reader = await backend.openReader(file);
      expect(await reader.rowCount('raw')).toBe(total);
      expect(byName(await reader.readTable('raw'))).toEqual(byName(whole));
      for (const rows of [
        [0, 1],
        [63, 65],
        [100, 100],
        [499, 1501],
        [total - 1, total],
        [total - 3, total + 99],
        [total + 5, total + 9],
      ] as const) {
        const part = await reader.readTable('raw', { rows });
        expect(byName(part)).toEqual(byName(sliceRows(whole, rows[0], rows[1])));
      }
      await reader.close();
    });

    it('gives all rows in blocks', async () => {
      const reader = await backend.openReader(place(`${kind}.lh5`));
      for (const options of [{ blockRows: 333 }, { blockBytes: 20_000 }, {}]) {
        const blocks: Table[] = [];
        let next = 0;
        for await (const block of reader.tableBlocks('raw', options)) {
          expect(block.start).toBe(next);
          expect(block.data.rows).toBe(block.rows);
          next += block.rows;
          blocks.push(block.data);
        }
        expect(next).toBe(total);
        expect(byName(concatRows(blocks))).toEqual(byName(whole));
      }
      const some: number[] = [];
      for await (const block of reader.blocks('raw/energy', { rows: [10, 21], blockRows: 4 }))
        some.push(block.rows);
      expect(some).toEqual([4, 4, 3]);
      await reader.close();
    });
  });

  it('reads only the columns that are asked for', async () => {
    const file = place('columns.lh5');
    const writer = await backend.createWriter(file);
    await writer.append('raw', sampleTable(10));
    await writer.close();
    const reader = await backend.openReader(file);
    const table = await reader.readTable('raw', { columns: ['energy', 'waveform/values'], rows: [2, 4] });
    expect([...table.columns.keys()]).toEqual(['energy', 'waveform']);
    const waveform = table.columns.get('waveform');
    expect(waveform?.kind === 'table' ? [...waveform.columns.keys()] : []).toEqual(['values']);
    expect(await reader.read('raw/waveform/values', { rows: [2, 4] })).toEqual(
      waveform?.kind === 'table' ? waveform.columns.get('values') : undefined,
    );
    expect((await reader.readTable('raw', { columns: [] })).rows).toBe(10);
    await expect(reader.readTable('raw', { columns: ['enregy'] })).rejects.toThrow(
      /columns\.lh5 \/raw: there is no column enregy; there are energy/,
    );
    await expect(reader.readTable('raw', { columns: ['waveform/value'] })).rejects.toThrow(
      '/raw/waveform: there is no column value',
    );
    await expect(reader.readTable('raw', { rows: [3, 1] })).rejects.toThrow('rows 3:1 are no range');
    await reader.close();
  });

  it('uses options of single columns', async () => {
    const file = place('options.lh5');
    const writer = await backend.createWriter(file, { compression: { gzip: 2 } });
    await writer.append('raw', sampleTable(10), {
      columns: {
        'waveform/values': { compression: 'none', chunkRows: 4 },
        hits: { compression: { gzip: 9 } },
      },
    });
    await writer.close();
    const reader = await backend.openReader(file);
    const storage = async (path: string): Promise<unknown> => (await reader.tree(path)).storage;
    expect(await storage('raw/waveform/values')).toMatchObject({ filters: [], chunks: [4, 3] });
    expect(await storage('raw/hits/flattened_data')).toMatchObject({ filters: [...shuffle, 'gzip:9'] });
    expect(await storage('raw/energy')).toMatchObject({ filters: [...shuffle, 'gzip:2'], chunks: [10] });
    await reader.close();
    await expect(backend.createWriter(place('never.lh5'), { compression: { gzip: 11 } })).rejects.toThrow(
      'gzip level is 11',
    );
    expect(existsSync(place('never.lh5'))).toBe(false);
  });

  it('refuses rows of another form and stays usable', async () => {
    const file = place('refused.lh5');
    const writer = await backend.createWriter(file);
    await writer.append('raw', sampleTable(3));
    const other = sampleTable(3);
    const without = { ...other, columns: new Map([...other.columns].filter(([name]) => name !== 'flag')) };
    await expect(writer.append('raw', without)).rejects.toThrow(
      '/raw: rows cannot be added: the columns flag are missing',
    );
    const wide = {
      ...other,
      columns: new Map([...other.columns, ['energy', numberArray('float64', [1, 2, 3])]]),
    };
    await expect(writer.append('raw', wide)).rejects.toThrow(
      '/raw/energy: rows cannot be added: their number type is float64',
    );
    const short = { ...other, columns: new Map([...other.columns, ['energy', numberArray('float32', [1])]]) };
    await expect(writer.append('raw', short)).rejects.toThrow('column energy has 1 rows, the table has 3');
    await expect(
      writer.append('x', { ...vectors([[1], [2]]), cumulative: numberArray('uint32', [2, 1]) }),
    ).rejects.toThrow('row 1 ends at 1, before it begins at 2');
    await expect(writer.append('raw/flag', numberArray('bool', [1]))).rejects.toThrow('/raw is not a group');
    await expect(writer.write('raw', sampleTable(1))).rejects.toThrow('is there already');
    await expect(writer.write('a,b', numberArray('bool', [1]))).rejects.toThrow('"a,b" cannot be a name');
    await expect(writer.append('n', { kind: 'scalar', value: 1, attrs: {} })).rejects.toThrow(
      'a scalar has no rows',
    );
    await expect(writer.write('e', { ...numberArray('int8', [1]), element: 'enum{' })).rejects.toThrow(
      'is no kind of element',
    );
    await writer.append('raw', sampleTable(2, 3));
    await writer.close();
    const reader = await backend.openReader(file);
    expect(byName(await reader.readTable('raw'))).toEqual(byName(sampleTable(5)));
    expect((await reader.tree('')).datatype).toBe('struct{raw}');
    await reader.close();
  });

  it('sets attributes of what is there', async () => {
    const file = place('attributes.lh5');
    const writer = await backend.createWriter(file);
    await writer.append('ch0/energy', numberArray('float32', [1]));
    await writer.setAttributes('ch0/energy', { units: 'keV' });
    await writer.setAttributes('ch0', { detector: 'demo' });
    await writer.append('ch0/energy', numberArray('float32', [2]));
    await expect(writer.setAttributes('ch0', { datatype: 'real' })).rejects.toThrow(
      'the datatype follows from the object',
    );
    await expect(writer.setAttributes('ch9', { a: 1 })).rejects.toThrow('/ch9: there is no such object yet');
    await writer.close();
    const reader = await backend.openReader(file);
    expect(await reader.read('ch0/energy')).toEqual({
      ...numberArray('float32', [1, 2]),
      attrs: { units: 'keV' },
    });
    expect((await reader.tree('ch0')).attrs).toEqual({ detector: 'demo' });
    await reader.close();
  });

  it('makes the file appear complete or not at all', async () => {
    const file = place('atomic/run.lh5');
    await expect(backend.createWriter(file)).rejects.toThrow('create it first');
    const target = place('atomic.lh5');
    const writer = await backend.createWriter(target);
    await writer.append('x', numberArray('int8', [1]));
    expect(existsSync(target)).toBe(false);
    await writer.abort();
    await expect(writer.append('x', numberArray('int8', [1]))).rejects.toThrow('has been closed');
    const second = await backend.createWriter(target);
    await second.append('x', numberArray('int8', [2]));
    await second.close();
    await second.close();
    await second.abort();
    expect(existsSync(target)).toBe(true);
    await expect(backend.createWriter(target)).rejects.toThrow('is there already');
    const third = await backend.createWriter(target, { overwrite: true });
    await third.append('x', numberArray('int8', [3]));
    await third.close();
    const reader = await backend.openReader(target);
    expect(await reader.read('x')).toEqual(numberArray('int8', [3]));
    await reader.close();
    const late = await backend.createWriter(place('late.lh5'));
    await late.append('x', numberArray('int8', [1]));
    writeFileSync(place('late.lh5'), 'somebody else');
    await expect(late.close()).rejects.toThrow('has been made by somebody else');
    expect(readdirSync(place('.')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('keeps several files open at once and bounds what waits in memory', async () => {
    const writers = await Promise.all(
      [0, 1, 2].map((k) => backend.createWriter(place(`many-${k}.lh5`), { compression: 'none' })),
    );
    const block = numberArray(
      'float64',
      Array.from({ length: 4000 }, (_, k) => k),
    );
    for (let round = 0; round < 5; round += 1) {
      for (const writer of writers)
        for (let column = 0; column < 120; column += 1) await writer.append(`column${column}`, block);
    }
    await Promise.all(writers.map((writer) => writer.close()));
    const readers = await Promise.all([0, 1, 2].map((k) => backend.openReader(place(`many-${k}.lh5`))));
    for (const reader of readers) {
      expect(await reader.rowCount('column119')).toBe(20_000);
      expect(await reader.read('column7', { rows: [3998, 4002] })).toMatchObject({
        data: Float64Array.of(3998, 3999, 0, 1),
      });
    }
    await Promise.all(readers.map((reader) => reader.close()));
  });
});
