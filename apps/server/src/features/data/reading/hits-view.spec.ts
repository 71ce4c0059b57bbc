import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import type { NdArray, Table } from '@countroom/records';
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
