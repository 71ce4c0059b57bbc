import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { DataObject, NdArray, Table } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { h5wasmBackend, lh5Backend } from '../../backend.js';
import type { Lh5Reader, Lh5Writer, WriterOptions } from '../../ports.js';
import { numberArray } from '../../testing/sample-objects.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';

const place = temporaryFolder();
let count = 0;

function randomSource(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Writes a file without the library and opens it with the library. */
async function written(
  write: (writer: Lh5Writer) => Promise<void>,
  options: WriterOptions = {},
): Promise<{ file: string; reader: Lh5Reader }> {
  count += 1;
  const file = place(`${count}.lh5`);
  const writer = await lh5Backend.createWriter(file, options);
  await write(writer);
  await writer.close();
  return { file, reader: await h5wasmBackend.openReader(file) };
}

function ramp(length: number, factor = 1): NdArray {
  return numberArray(
    'uint32',
    Array.from({ length }, (_, k) => k * factor),
  );
}

describe('files written without the library, read with it', () => {
  it('holds thousands of objects in one group, and finds each', async () => {
    const names = Array.from({ length: 1500 }, (_, k) => `ch${(k * 7919) % 100_003}`);
    const { reader } = await written(async (writer) => {
      for (const [k, name] of names.entries()) await writer.write(`all/${name}`, ramp(k % 5, k));
    });
    const tree = await reader.tree('all', { depth: 1 });
    expect(tree.children.map(({ name }) => name)).toEqual([...names].sort());
    for (const k of [0, 1, 1234, 1499]) expect(await reader.read(`all/${names[k]!}`)).toEqual(ramp(k % 5, k));
    await reader.close();
  }, 30_000);

  it('takes deep groups, long names and names beyond ASCII', async () => {
    const deep = Array.from({ length: 40 }, (_, k) => `level${k}`).join('/');
    const long = 'n'.repeat(5000);
    const { reader } = await written(async (writer) => {
      await writer.write(`${deep}/x`, ramp(3));
      await writer.write(long, ramp(4));
      await writer.write('größe/日本', { ...ramp(5), attrs: { maß: 'µs', größe: 3 } });
      await writer.write('größe/a b', ramp(6));
    });
    expect(await reader.read(`${deep}/x`)).toEqual(ramp(3));
    expect(await reader.read(long)).toEqual(ramp(4));
    expect(await reader.read('größe/日本')).toEqual({ ...ramp(5), attrs: { maß: 'µs', größe: 3 } });
    expect(await reader.read('größe/a b')).toEqual(ramp(6));
    await reader.close();
  });

  it.each([1, 64, 65, 4096, 4097, 5000])('finds each of %i chunks', async (chunks) => {
    const data = ramp(chunks * 3 - 1, 7);
    const { reader } = await written((writer) => writer.append('x', data), {
      chunkRows: 3,
      compression: 'none',
    });
    expect(await reader.read('x')).toEqual(data);
    expect(await reader.read('x', { rows: [data.shape[0]! - 2, data.shape[0]!] })).toMatchObject({
      data: data.data.slice(-2),
    });
    await reader.close();
  });

  it('holds chunks of many megabytes, and rows larger than a chunk', async () => {
    const wide = numberArray('float64', new Array<number>(3 * 100_000).fill(0.1), [100_000]);
    const long = ramp(1_500_000, 3);
    const { reader } = await written(async (writer) => {
      await writer.write('wide', wide);
      await writer.write('long', long, { chunkRows: 1_200_000, fletcher32: true });
    });
    expect(bytesOf(await reader.read('wide')).equals(bytes(wide.data))).toBe(true);
    expect(bytesOf(await reader.read('long')).equals(bytes(long.data))).toBe(true);
    expect((await reader.tree('long')).storage?.filters).toEqual(['shuffle', 'gzip:4', 'fletcher32']);
    await reader.close();
  });

  it('keeps data that do not get smaller as they are', async () => {
    const random = randomSource(3);
    const noise = numberArray(
      'uint8',
      Array.from({ length: 50_000 }, () => random(256)),
    );
    for (const fletcher32 of [false, true]) {
      const { reader } = await written((writer) => writer.write('noise', noise, { fletcher32 }));
      expect(await reader.read('noise')).toEqual(noise);
      await reader.close();
    }
  });

  it('keeps texts of any length, many of them and in many steps', async () => {
    const random = randomSource(5);
    const texts = Array.from({ length: 10_000 }, (_, k) =>
      k % 5 === 0 ? '' : `${'é'.repeat(random(30))}${k}${'x'.repeat(k % 1000 === 1 ? 50_000 : 0)}`,
    );
    const strings = (values: readonly string[]): DataObject => ({ kind: 'strings', values, attrs: {} });
    const { reader } = await written(async (writer) => {
      for (let at = 0; at < texts.length; ) {
        const stop = at + random(700);
        await writer.append('texts', strings(texts.slice(at, stop)));
        at = Math.min(stop, texts.length);
      }
      await writer.write('empty', strings(['', '', '']));
      await writer.write('one', { kind: 'scalar', value: 'y'.repeat(200_000), attrs: {} });
      await writer.write('none', { kind: 'scalar', value: '', attrs: { empty: '', list: ['', 'a', ''] } });
    });
    expect(await reader.read('texts')).toEqual(strings(texts));
    expect(await reader.read('empty')).toEqual(strings(['', '', '']));
    expect(await reader.read('one')).toMatchObject({ value: 'y'.repeat(200_000) });
    expect(await reader.read('none')).toMatchObject({ value: '', attrs: { empty: '', list: ['', 'a', ''] } });
    await reader.close();
  });

  it('takes attributes of up to 64 KB and texts of any length, and says what to do with more', async () => {
    const numbers = Array.from({ length: 8000 }, (_, k) => k / 3);
    const text = 'z'.repeat(1_000_000);
    const many = Object.fromEntries(Array.from({ length: 700 }, (_, k) => [`a${k}`, k]));
    const { reader } = await written(async (writer) => {
      await writer.write('x', { ...ramp(1), attrs: { numbers, text } });
      await writer.write('many', { ...ramp(1), attrs: many });
      await expect(
        writer.setAttributes('x', { large: Array.from({ length: 9000 }, (_, k) => k / 3) }),
      ).rejects.toThrow(/\/x: attribute large takes 72\d{3} bytes, HDF5 keeps at most 65528/);
      await writer.setAttributes('x', { after: 1 });
    });
    expect((await reader.read('x')).attrs).toEqual({ numbers, text, after: 1 });
    expect((await reader.read('many')).attrs).toEqual(many);
    await reader.close();
  });

  it('puts rows that wait aside when they are too many, and leaves nothing behind', async () => {
    const block = ramp(60_000, 11);
    const columns = 300;
    const { reader } = await written(
      async (writer) => {
        for (let round = 0; round < 2; round += 1)
          for (let k = 0; k < columns; k += 1) await writer.append(`c${k}`, block);
      },
      { compression: 'none' },
    );
    const expected = Buffer.concat([bytes(block.data), bytes(block.data)]);
    for (const k of [0, 150, 299]) expect(bytesOf(await reader.read(`c${k}`)).equals(expected)).toBe(true);
    await reader.close();
    expect(readdirSync(place('.')).filter((name) => !/^\d+\.lh5$/.test(name))).toEqual([]);
  });

  it('makes the same file of the same data', async () => {
    const files = await Promise.all(
      [0, 1].map(async () => {
        const { file, reader } = await written(async (writer) => {
          for (let k = 0; k < 40; k += 1) await writer.append(`x${k % 7}`, ramp(100_000, k));
        });
        await reader.close();
        return readFileSync(file);
      }),
    );
    expect(files[0]!.equals(files[1]!)).toBe(true);
  });

  it('comes back equal whatever is written in whatever steps', async () => {
    const random = randomSource(11);
    for (let round = 0; round < 12; round += 1) {
      const columns = new Map<string, DataObject>();
      const rows = random(4000);
      for (let k = 0; k < 1 + random(6); k += 1) {
        const width = random(3) === 0 ? [1 + random(9)] : [];
        const length = rows * (width[0] ?? 1);
        const dtype = (['int8', 'uint16', 'int32', 'float32', 'float64', 'int64'] as const)[random(6)]!;
        columns.set(
          `c${k}`,
          numberArray(
            dtype,
            Array.from({ length }, () => random(1000)),
            width,
          ),
        );
      }
      const table: Table = { kind: 'table', rows, columns, attrs: {} };
      const options: WriterOptions = {
        compression: random(3) === 0 ? 'none' : { gzip: 1 + random(9) },
        shuffle: random(2) === 0,
        fletcher32: random(2) === 0,
        ...(random(2) === 0 ? { chunkRows: 1 + random(500) } : {}),
      };
      const { reader } = await written(async (writer) => {
        await writer.append('t', table);
        await writer.append('t', table);
      }, options);
      for (const [name, column] of columns) {
        const { data } = column as NdArray;
        const back = await reader.read(`t/${name}`);
        expect(back).toMatchObject({ kind: 'array', dtype: (column as NdArray).dtype });
        expect(Buffer.compare(bytesOf(back), Buffer.concat([bytes(data), bytes(data)]))).toBe(0);
      }
      await reader.close();
    }
  }, 30_000);

  it('is refused by readers when a byte of the data is wrong', async () => {
    const { file, reader } = await written((writer) =>
      writer.write('x', ramp(1000), { compression: 'none', fletcher32: true }),
    );
    await reader.close();
    const content = readFileSync(file);
    content[96 + 400]! ^= 4;
    writeFileSync(file, content);
    const again = await h5wasmBackend.openReader(file);
    await expect(again.read('x')).rejects.toThrow('/x: the data cannot be read');
    await again.close();
  });
});

function bytes(view: ArrayBufferView): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

function bytesOf(object: DataObject): Buffer {
  return object.kind === 'array' ? bytes(object.data) : Buffer.alloc(0);
}
