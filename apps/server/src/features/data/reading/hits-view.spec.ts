import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import type { NdArray, Table, VectorOfVectors } from '@countroom/records';
import { buildTcm, runTableStageOnFiles } from '@countroom/stages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hitsView } from './hits-view.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countroom-hits-'));
  const writer = await lh5Backend.createWriter(join(folder, 'hit.lh5'));
  for (const [path, times] of [
    ['ch3/hit', [1, 5, 9]],
    ['ch7/hit', [1, 8]],
  ] as const)
    await writer.append(path, tableOf([...times]));
  await writer.close();
});
afterAll(() => rm(folder, { recursive: true }));

function tableOf(times: readonly number[]): Table {
  const data = Float64Array.from(times);
  const t: NdArray = {
    kind: 'array',
    flavor: 'array',
    dtype: 'float64',
    shape: [data.length],
    data,
    attrs: {},
  };
  return { kind: 'table', rows: data.length, columns: new Map([['t', t]]), attrs: {} };
}

describe.each(['vectors', 'flat'])('hits of events after a map in the layout %s', (layout) => {
  it('are found by the tables that it was made of', async () => {
    const output = join(folder, `${layout}.lh5`);
    const options = { columns: [{ name: 't', window: 1 }], layout };
    await runTableStageOnFiles({
      stage: buildTcm,
      options,
      inputs: { hit: join(folder, 'hit.lh5') },
      output,
    });
    const reader = await lh5Backend.openReader(output);
    try {
      expect(await hitsView(reader, { events: [0, 2, 7] })).toEqual({
        path: 'hardware_tcm_1',
        events: 3,
        total: 4,
        hits: [
          { event: 0, table: 'ch3/hit', row: 0 },
          { event: 0, table: 'ch7/hit', row: 0 },
          { event: 2, table: 'ch7/hit', row: 1 },
          { event: 2, table: 'ch3/hit', row: 2 },
        ],
      });
      await expect(hitsView(reader, { map: 'other', events: [0] })).rejects.toThrow(
        'no coincidence map other',
      );
    } finally {
      await reader.close();
    }
  });
});

it.each([
  [{}, 'hit'],
  [{ tables: "['ch3/raw', 'ch1084803/raw']", hash_func: String.raw`\d+` }, 'raw'],
])('are found after maps of productions with the attributes %j', async (attrs, tier) => {
  const file = join(folder, `given-${tier}.lh5`);
  const ends = arrayOf('uint32', [2, 3]);
  const list = (values: readonly number[]): VectorOfVectors => ({
    kind: 'vov',
    cumulative: ends,
    flattened: arrayOf('int32', values),
    attrs: {},
  });
  const columns = new Map([
    ['table_key', list([3, 1084803, 3])],
    ['row_in_table', list([0, 0, 1])],
  ]);
  const writer = await lh5Backend.createWriter(file);
  await writer.append('hardware_tcm_1', { kind: 'table', rows: 2, columns, attrs });
  await writer.close();
  const reader = await lh5Backend.openReader(file);
  try {
    expect((await hitsView(reader, { events: [0, 1] })).hits).toEqual([
      { event: 0, table: `ch3/${tier}`, row: 0 },
      { event: 0, table: `ch1084803/${tier}`, row: 0 },
      { event: 1, table: `ch3/${tier}`, row: 1 },
    ]);
  } finally {
    await reader.close();
  }
});

function arrayOf(dtype: 'uint32' | 'int32', values: readonly number[]): NdArray {
  const data = dtype === 'uint32' ? Uint32Array.from(values) : Int32Array.from(values);
  return { kind: 'array', flavor: 'array', dtype, shape: [data.length], data, attrs: {} };
}
