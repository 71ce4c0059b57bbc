import type { DataObject } from '@countroom/records';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWriter, openReader } from '../backend.js';
import type { Lh5Reader } from '../ports.js';
import { numberArray, sampleTable, vectors } from '../testing/sample-objects.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { columnHistogram } from './histogram.js';
import { jsonOf } from './json.js';
import { outline } from './outline.js';
import { previewRows } from './rows.js';

const place = temporaryFolder();
let reader: Lh5Reader;

beforeAll(async () => {
  const file = place('preview.lh5');
  const writer = await createWriter(file);
  await writer.append('ch0/raw', sampleTable(1000));
  await writer.write('note', { kind: 'scalar', value: 'hello', attrs: {} });
  await writer.write(
    'levels',
    numberArray('float64', [0, 0.5, 1, 1, 2, Number.NaN, Number.POSITIVE_INFINITY, 9]),
  );
  await writer.write('same', numberArray('int64', [7, 7]));
  await writer.write('large', numberArray('uint64', [2n ** 63n, 2n ** 63n, 2n ** 63n]));
  await writer.write('wide', numberArray('float64', [-1e308, 1e308]));
  await writer.write('none', numberArray('int64', []));
  await writer.close();
  reader = await openReader(file);
});

describe('values as JSON', () => {
  it('keeps 64-bit integers as text and says what no JSON number can', () => {
    expect(jsonOf(numberArray('int64', [2n ** 63n - 1n, -1]))).toEqual(['9223372036854775807', '-1']);
    expect(
      jsonOf(numberArray('float64', [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.1])),
    ).toEqual(['NaN', 'Infinity', '-Infinity', 0.1]);
    expect(jsonOf(numberArray('bool', [1, 0]))).toEqual([true, false]);
    expect(jsonOf(numberArray('int16', [1, 2, 3, 4, 5, 6, 7, 8], [2, 2]))).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ]);
    expect(jsonOf({ ...vectors([[0, 0], [0]]), flattened: vectors([[1], [], [2, 3]]) })).toEqual([
      [[1], []],
      [[2, 3]],
    ]);
  });

  it('gives structs as objects and their scalars as values', () => {
    const fields = new Map<string, DataObject>([
      ['__proto__', { kind: 'scalar', value: 5n, attrs: {} }],
      ['b', { kind: 'scalar', value: 'x', attrs: {} }],
    ]);
    expect(JSON.stringify(jsonOf({ kind: 'struct', fields, attrs: {} }))).toBe('{"__proto__":"5","b":"x"}');
  });

  it('previews rows of a table, a column and a scalar', async () => {
    const preview = await previewRows(reader, 'ch0/raw', [5, 7], {
      columns: ['energy', 'timestamp', 'hits', 'text', 'flag', 'waveform/values'],
    });
    expect(preview).toEqual({
      path: 'ch0/raw',
      kind: 'table',
      total: 1000,
      start: 5,
      rows: [
        {
          energy: 'NaN',
          flag: true,
          hits: [50],
          text: 'row 5',
          timestamp: (2n ** 60n + 5n).toString(),
          waveform: { values: [5, 35, 3] },
        },
        {
          energy: 1.5,
          flag: false,
          hits: [60, 61],
          text: 'row 6',
          timestamp: (2n ** 60n + 6n).toString(),
          waveform: { values: [6, 42, 3] },
        },
      ],
    });
    expect((await previewRows(reader, 'ch0/raw/energy', [998, 2000])).rows).toEqual([249.5, 249.75]);
    expect(await previewRows(reader, 'note', [0, 10])).toEqual({
      path: 'note',
      kind: 'scalar',
      total: null,
      start: 0,
      rows: ['hello'],
    });
  });
});

describe('histogram of a column', () => {
  it('counts every number exactly once', async () => {
    expect(await columnHistogram(reader, 'levels', { bins: 2, min: 0, max: 2 })).toEqual({
      path: 'levels',
      min: 0,
      max: 2,
      counts: [2, 3],
      below: 0,
      above: 1,
      undefinedValues: 2,
      entries: 8,
      mean: expect.closeTo(0.9, 12) as number,
      stdev: expect.closeTo(Math.sqrt(0.44), 12) as number,
    });
    expect(await columnHistogram(reader, 'levels', { bins: 1, min: 0.7, max: 1 })).toMatchObject({
      counts: [2],
      below: 2,
      above: 2,
    });
  });

  it('finds its limits, block by block', async () => {
    const whole = await columnHistogram(reader, 'ch0/raw/timestamp', { bins: 10 });
    expect(whole).toMatchObject({ min: 2 ** 60, entries: 1000 });
    const vectorsOf = await columnHistogram(reader, 'ch0/raw/hits', { bins: 7, blockBytes: 500 });
    expect(vectorsOf.counts.reduce((total, count) => total + count, 0)).toBe(1500);
    expect(await columnHistogram(reader, 'same')).toMatchObject({ min: 6.5, max: 7.5 });
    expect(await columnHistogram(reader, 'none')).toMatchObject({ min: 0, max: 1, entries: 0, mean: null });
    expect(await columnHistogram(reader, 'large', { bins: 2 })).toMatchObject({ counts: [0, 3], stdev: 0 });
  });

  it('says what it cannot do', async () => {
    await expect(columnHistogram(reader, 'ch0/raw/text')).rejects.toThrow(
      '/ch0/raw/text: holds no numbers but strings',
    );
    await expect(columnHistogram(reader, 'same', { bins: 0 })).rejects.toThrow('0 bins');
    await expect(columnHistogram(reader, 'wide')).rejects.toThrow('span too much');
    await expect(columnHistogram(reader, 'same', { min: 3, max: 3 })).rejects.toThrow('enclose nothing');
    await expect(
      columnHistogram(reader, 'same', { signal: AbortSignal.abort(new Error('enough')) }),
    ).rejects.toThrow('enough');
  });
});

describe('outline', () => {
  it('lists objects in short form and hides what vectors are made of', async () => {
    const lines = outline(await reader.tree());
    const text = lines.map((line) => `${' '.repeat(line.depth)}${line.name}: ${line.text}`);
    expect(text.slice(0, 5)).toEqual([
      'ch0: struct',
      ' raw: table  1000 rows',
      '  energy: real  float32[1000]  shuffle gzip:4',
      '  flag: bool  uint8[1000]  gzip:4',
      '  hits: vectors of real  1000 rows',
    ]);
    expect(lines.some((line) => line.name === 'cumulative_length')).toBe(false);
    expect(
      outline(await reader.tree('ch0/raw'), { detail: true }).some(
        (line) => line.name === 'cumulative_length',
      ),
    ).toBe(true);
    expect(text).toContain('  timestamp: real  int64[1000]  in ns  shuffle gzip:4');
  });
});
