import { existsSync, mkdirSync } from 'node:fs';
import { concatRows, type DataObject, type NdArray, sliceRows, type Table } from '@countroom/records';
import { beforeAll, describe, expect, it } from 'vitest';
import { lh5Backend } from '../backend.js';
import { decodeRegularHistogram } from '../testing/histogram.js';
import { numberArray, sampleTable } from '../testing/sample-objects.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { histogramTables, mapTables, queryTables } from './operations.js';
import { expandFiles } from './paths.js';
import { readFiles } from './read-files.js';
import { type IteratorOptions, TableIterator } from './table-iterator.js';

const place = temporaryFolder();
const lengths = { 'run1.lh5': [700, 3], 'run2.lh5': [0, 1200], 'run3.lh5': [50, 1] } as const;
let all: Table;

function numbers(object: DataObject | undefined): number[] {
  return object?.kind === 'array' ? Array.from<number | bigint>(object.data).map(Number) : [];
}

function columns(table: DataObject): Record<string, DataObject> {
  return table.kind === 'table' ? Object.fromEntries(table.columns) : {};
}

beforeAll(async () => {
  mkdirSync(place('hits'));
  let first = 0;
  const parts: Table[] = [];
  for (const [name, rows] of Object.entries(lengths)) {
    const raw = await lh5Backend.createWriter(place(name), { chunkRows: 64 });
    const hit = await lh5Backend.createWriter(place(`hits/${name}`));
    for (const [channel, count] of rows.entries()) {
      const table = sampleTable(count, first);
      await raw.write(`ch${channel}/raw`, table);
      const numbersOfRows = numberArray(
        'float64',
        Array.from({ length: count }, (_, k) => first + k),
      );
      await hit.write(`ch${channel}/hit`, {
        kind: 'table',
        rows: count,
        columns: new Map([['number', numbersOfRows]]),
        attrs: {},
      });
      parts.push(table);
      first += count;
    }
    await raw.close();
    await hit.close();
  }
  all = concatRows(parts);
});

const everything = (): IteratorOptions => ({ files: place('run*.lh5'), groups: 'ch*/raw' });

describe('patterns', () => {
  it('stand for files in the order of their names', async () => {
    expect(await expandFiles(place('run[13].lh5'))).toEqual([place('run1.lh5'), place('run3.lh5')]);
    expect(await expandFiles(place('*/run?.lh5'))).toHaveLength(3);
    expect(await expandFiles([place('x.lh5')])).toEqual([place('x.lh5')]);
    await expect(expandFiles(place('none*.lh5'))).rejects.toThrow('no file matches this pattern');
  });
});

describe('choosing rows', () => {
  it.each([
    [{ indices: [0, 1, 2, 63, 64, 65, 300, 699, 5000] }, [0, 1, 2, 63, 64, 65, 300, 699]],
    [
      { ranges: [[3, 5] as const, [5, 6] as const, [690, 9000] as const] },
      [3, 4, 5, ...Array.from({ length: 10 }, (_, k) => 690 + k)],
    ],
    [{ mask: [0, 1, true, false, 1] }, [1, 2, 4]],
    [{ indices: [] }, []],
  ])('%j', async (select, expected) => {
    const reader = await lh5Backend.openReader(place('run1.lh5'));
    const rows = await reader.readTable('ch0/raw', { select });
    const parts = expected.map((row) => sliceRows(all, row, row + 1));
    expect(columns(rows)).toEqual(columns(parts.length === 0 ? sliceRows(all, 0, 0) : concatRows(parts)));
    const within = await reader.readTable('ch0/raw', { select, rows: [2, 64] });
    expect(within.rows).toBe(expected.filter((row) => row >= 2 && row < 64).length);
    await reader.close();
  });

  it('refuses numbers that do not increase', async () => {
    const reader = await lh5Backend.openReader(place('run1.lh5'));
    await expect(reader.read('ch0/raw', { select: { indices: [3, 3] } })).rejects.toThrow('3 comes after 3');
    await expect(reader.read('ch0/raw', { select: { indices: [-1] } })).rejects.toThrow('no number of a row');
    await expect(reader.read('ch0/raw', { select: { ranges: [[4, 2]] } })).rejects.toThrow('do not increase');
    await expect(reader.read('', { select: { indices: [1] } })).rejects.toThrow('has no rows');
    await reader.close();
  });
});

describe('several files', () => {
  it('are read as one', async () => {
    const files = place('run*.lh5');
    const rows = await readFiles(files, 'ch0/raw');
    expect(columns(rows)).toEqual(columns(concatRows([sliceRows(all, 0, 700), sliceRows(all, 1903, 1953)])));
    const some = await readFiles(files, 'ch0/raw/timestamp', { rows: [698, 702] });
    expect(numbers(some)).toEqual(
      numbers(concatRows([sliceRows(all, 698, 700), sliceRows(all, 1903, 1905)]).columns.get('timestamp')),
    );
    const picked = await readFiles(files, 'ch0/raw/waveform/values', { select: { indices: [5, 701] } });
    expect((picked as NdArray).shape).toEqual([2, 3]);
    expect((await readFiles(files, 'ch0/raw', { rows: [9999, 10_000] })).kind).toBe('table');
  });
});

describe('iterating', () => {
  it('gives every row once, in order, in bounded blocks', async () => {
    const iterator = new TableIterator({ ...everything(), blockRows: 100 });
    expect(await iterator.rowCount()).toBe(1954);
    const blocks: Table[] = [];
    for await (const block of iterator) {
      expect(block.data.rows).toBeLessThanOrEqual(100);
      blocks.push(block.data);
    }
    expect(columns(concatRows(blocks))).toEqual(columns(all));
    expect(columns(await iterator.read(695, 710))).toEqual(columns(sliceRows(all, 695, 710)));
    await iterator.close();
  });

  it('uses memory again where it is told to', async () => {
    const options = {
      ...everything(),
      columns: ['timestamp', 'waveform/values', 'hits'],
      blockRows: 100,
      reuse: true,
    };
    const buffers = new Set<unknown>();
    const first: number[] = [];
    const friends = [{ groups: 'ch*/raw', columns: ['timestamp'], prefix: 'again_' }];
    for await (const { data } of new TableIterator({ ...options, friends })) {
      const column = data.columns.get('timestamp');
      if (column?.kind === 'array') buffers.add(column.data.buffer);
      first.push(...numbers(column));
      expect(numbers(data.columns.get('again_timestamp'))).toEqual(numbers(column));
    }
    expect(first).toEqual(numbers(all.columns.get('timestamp')));
    expect(buffers.size).toBeLessThan(4);
    const reader = await lh5Backend.openReader(place('run1.lh5'));
    const blocks: DataObject[] = [];
    for await (const { data } of reader.blocks('ch0/raw', { blockRows: 64, reuse: true }))
      blocks.push(structuredClone(data));
    expect(columns(concatRows(blocks as Table[]))).toEqual(columns(sliceRows(all, 0, 700)));
    await reader.close();
  });

  it('takes chosen rows over all tables, friends and values of groups', async () => {
    const options: IteratorOptions = {
      files: place('run*.lh5'),
      groups: ['ch0/raw', 'ch1/raw'],
      columns: ['energy'],
      select: { indices: [1, 2, 699, 700, 703, 1953] },
      rows: [2, 1954],
      friends: [{ files: place('hits/*'), groups: ['ch0/hit', 'ch1/hit'], prefix: 'hit_' }],
      groupData: { gain: [10, 20] },
      openFiles: 1,
    };
    const found: Record<string, number[]> = { energy: [], hit_number: [], gain: [] };
    for await (const { data } of new TableIterator(options))
      for (const name of Object.keys(found)) found[name]!.push(...numbers(data.columns.get(name)));
    expect(found['hit_number']).toEqual([2, 699, 700, 703, 1953]);
    expect(found['gain']).toEqual([10, 10, 20, 20, 20]);
  });

  it('says what does not fit together', async () => {
    const wrong = (friends: IteratorOptions['friends']): Promise<unknown> =>
      new TableIterator({ ...everything(), ...(friends === undefined ? {} : { friends }) }).tables();
    await expect(wrong([{ groups: 'ch*/hit' }])).rejects.toThrow('has no table to go with it');
    await expect(wrong([{ files: place('run1.lh5'), groups: 'ch*/raw' }])).rejects.toThrow('go in pairs');
    await expect(wrong([{ groups: ['ch1/raw', 'ch0/raw'] }])).rejects.toThrow('that goes with it has 3');
    await expect(new TableIterator({ ...everything(), groups: 'det*' }).tables()).rejects.toThrow(
      'no table det*',
    );
    const twice = new TableIterator({ ...everything(), friends: [{ groups: 'ch*/raw' }] });
    await expect(twice.read(0, 1)).rejects.toThrow('in two tables that are joined');
  });
});

describe('operations', () => {
  it('queries rows', async () => {
    const found = await queryTables(
      { ...everything(), columns: ['flag', 'timestamp'], blockRows: 90 },
      (table) => numbers(table.columns.get('flag')),
    );
    expect(found.rows).toBe(977);
  });

  it.each([0, 2])('queries rows by an expression, with %i threads', async (threads) => {
    if (threads > 0 && !existsSync(new URL('../../dist/iterate/map.worker.js', import.meta.url))) return;
    const options: IteratorOptions = {
      files: place('run*.lh5'),
      groups: ['ch0/raw', 'ch1/raw'],
      columns: ['timestamp'],
      friends: [{ files: place('hits/*'), groups: ['ch0/hit', 'ch1/hit'], prefix: 'hit_' }],
      groupData: { gain: [10, 20] },
      blockRows: 20,
    };
    const where = 'flag & (energy > 100) & (hit_number < 900) & (waveform__dt > 0) & (gain > 5)';
    const rows = await queryTables(options, where, { threads });
    const energies = numbers(all.columns.get('energy'));
    const flags = numbers(all.columns.get('flag'));
    const expected = energies.flatMap((energy, row) =>
      flags[row] === 1 && energy > 100 && row < 900 ? [row] : [],
    );
    expect(expected.length).toBeGreaterThan(100);
    expect(numbers(rows.columns.get('hit_number'))).toEqual(expected);
    expect([...rows.columns.keys()]).toEqual(['timestamp', 'hit_number', 'gain']);
    expect((await queryTables(options, 'hit_number < 0', { threads })).rows).toBe(0);
    const counts = await histogramTables(
      { ...options, where: 'hit_number >= 10' },
      [{ column: 'hit_number', bins: 1, first: 0, last: 1e4 }],
      { threads },
    );
    expect(decodeRegularHistogram(counts).weights).toEqual(Float64Array.of(all.rows - 10));
  });

  it('says what is wrong with a condition', async () => {
    const query = (where: string): Promise<Table> => queryTables(everything(), where);
    await expect(query('energy >')).rejects.toThrow('the condition energy >');
    await expect(query('nothing > 3')).rejects.toThrow('there is no column or parameter nothing');
    await expect(query('energy + 1')).rejects.toThrow('one truth value per row');
    await expect(query('hits > 1')).rejects.toThrow('one truth value per row');
    await expect(query('text > 1')).rejects.toThrow('does not hold numbers');
  });

  it.each([0, 2])('fills histograms, with %i threads', async (threads) => {
    if (threads > 0 && !existsSync(new URL('../../dist/iterate/map.worker.js', import.meta.url))) return;
    const axes = [
      { column: 'energy', bins: 10, first: 0, last: 400 },
      { column: 'flag', bins: 2, first: 0, last: 2 },
    ];
    const histogram = await histogramTables({ ...everything(), blockRows: 128 }, axes, { threads });
    const counts = new Float64Array(20);
    const energies = numbers(all.columns.get('energy'));
    numbers(all.columns.get('flag')).forEach((flag, row) => {
      const energy = energies[row]!;
      if (energy >= 0 && energy < 400) counts[Math.floor(energy / 40) * 2 + flag]! += 1;
    });
    expect(decodeRegularHistogram(histogram)).toEqual({ shape: [10, 2], weights: counts });
  });

  it('maps in the order of the blocks and passes failures on', async () => {
    const module = new URL('../testing/block-functions.js', import.meta.url).href;
    const reference = { module, name: 'rowsOfBlock' };
    const options = { ...everything(), blockRows: 500 };
    expect(await mapTables(options, reference)).toEqual([500, 200, 3, 500, 500, 200, 50, 1]);
    expect(await mapTables(options, reference, { threads: 3 })).toEqual([500, 200, 3, 500, 500, 200, 50, 1]);
    const failing = { module, name: 'failOnBlock' };
    await expect(mapTables(options, failing, { threads: 2 })).rejects.toThrow('this block is not liked');
    await expect(mapTables(options, { module, name: 'none' })).rejects.toThrow('exports no function none');
  });
});
