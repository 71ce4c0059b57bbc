import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import type { DataObject, NdArray, Table } from '@countroom/records';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildTcm } from '../build-tcm/build-tcm.stage.js';
import { runTableStageOnFiles } from '../files/run-table-stage.js';
import { hitToEvt } from './hit-to-evt.stage.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countroom-events-'));
});
afterEach(() => rm(folder, { recursive: true }));

function column(values: number[]): NdArray {
  const data = Float64Array.from(values);
  return { kind: 'array', flavor: 'array', dtype: 'float64', shape: [data.length], data, attrs: {} };
}

async function hitFile(channels: Record<string, { timestamp: number[]; energy: number[] }>): Promise<string> {
  const file = join(folder, 'hit.lh5');
  const writer = await lh5Backend.createWriter(file);
  for (const [name, { timestamp, energy }] of Object.entries(channels)) {
    const columns = new Map<string, DataObject>([
      ['timestamp', column(timestamp)],
      ['energy', column(energy)],
    ]);
    const table: Table = { kind: 'table', rows: timestamp.length, columns, attrs: {} };
    await writer.append(`${name}/hit`, table);
  }
  await writer.close();
  return file;
}

async function read(file: string, path: string): Promise<Record<string, unknown>> {
  const reader = await lh5Backend.openReader(file);
  const table = await reader.readTable(path);
  await reader.close();
  return Object.fromEntries([...table.columns].map(([name, object]) => [name, values(object)]));
}

function values(object: DataObject): unknown[] {
  if (object.kind === 'array') return Array.from(object.data as Float64Array, Number);
  if (object.kind !== 'vov') throw new TypeError(object.kind);
  const items = values(object.flattened);
  const ends = Array.from(object.cumulative.data as Uint32Array, Number);
  return ends.map((end, row) => items.slice(row === 0 ? 0 : ends[row - 1], end));
}

const options = { columns: [{ name: 'timestamp', window: 1 }] };
const config = {
  channels: { geds: ['ch10', 'ch20', 'ch999'] },
  operations: {
    n: { channels: 'geds', expression: 'hit.energy > 2', aggregation_mode: 'sum', initial: 0 },
    e: {
      channels: ['geds'],
      expression: 'hit.energy',
      aggregation_mode: 'gather',
      lgdo_attrs: { units: 'keV' },
    },
    lead: {
      expression: 'tcm.table_key',
      aggregation_mode: 'last_at:hit.energy',
      initial: 0,
      dtype: 'uint32',
    },
    twice: { expression: 'evt.n*2' },
  },
};

describe('events from files', () => {
  it('finds coincidences and builds events, whatever the size of the parts', async () => {
    const hits = await hitFile({
      ch20: { timestamp: [1, 5, 9], energy: [1, 2, 3] },
      ch10: { timestamp: [0.5, 5.5, 20], energy: [4, 5, 6] },
      ch30: { timestamp: [], energy: [] },
    });
    const tcm = join(folder, 'tcm.lh5');
    const made = await runTableStageOnFiles({ stage: buildTcm, options, inputs: { hit: hits }, output: tcm });
    expect(made).toMatchObject({ rows: 4, report: { tables: 3, hits: 6, events: 4 } });
    expect(await read(tcm, 'hardware_tcm_1')).toEqual({
      table_key: [[10, 20], [20, 10], [20], [10]],
      row_in_table: [[0, 0], [1, 1], [2], [2]],
    });
    const expected = {
      n: [1, 1, 1, 1],
      e: [[4, 1], [5, 2], [3], [6]],
      lead: [10, 10, 20, 10],
      twice: [2, 2, 2, 2],
    };
    for (const eventsAtOnce of [1, 3, 10_000]) {
      const evt = join(folder, `evt${eventsAtOnce}.lh5`);
      const inputs = { tcm, hit: hits };
      const run = { stage: hitToEvt, options: { config, eventsAtOnce }, inputs, output: evt };
      const log: string[] = [];
      const control = { onLog: (_: string, text: string) => void log.push(text) };
      expect(await runTableStageOnFiles(run, control)).toMatchObject({
        rows: 4,
        report: { events: 4, hits: 6 },
      });
      expect(log).toEqual(['config.channels.geds: there is no hit and no table of ch999']);
      expect(await read(evt, 'evt')).toEqual(expected);
    }
  });

  it('makes an empty map and an empty event table out of no hits', async () => {
    const hits = await hitFile({ ch10: { timestamp: [], energy: [] } });
    const tcm = join(folder, 'tcm.lh5');
    await runTableStageOnFiles({ stage: buildTcm, options, inputs: { hit: hits }, output: tcm });
    const evt = join(folder, 'evt.lh5');
    await runTableStageOnFiles({
      stage: hitToEvt,
      options: { config },
      inputs: { tcm, hit: hits },
      output: evt,
    });
    expect(await read(evt, 'evt')).toEqual({ n: [], e: [], lead: [], twice: [] });
  });

  it.each<[string, object]>([
    ['ch10/hit has no column time; there are', { columns: [{ name: 'time' }] }],
    ['no table fits "x*"', { ...options, tables: ['x*'] }],
    ['have the same key 1', { ...options, keyPattern: '\\d' }],
    ['keyPattern: Invalid regular expression', { ...options, keyPattern: '(' }],
    ['columns', { columns: [] }],
  ])('refuses for a map: %s', async (message, given) => {
    const hits = await hitFile({
      ch10: { timestamp: [1], energy: [1] },
      ch11: { timestamp: [1], energy: [1] },
    });
    const run = { stage: buildTcm, options: given, inputs: { hit: hits }, output: join(folder, 'tcm.lh5') };
    await expect(runTableStageOnFiles(run)).rejects.toThrow(message);
    expect(await readdir(folder)).toEqual(['hit.lh5']);
  });

  it('refuses for events: other files, other paths, wrong fields', async () => {
    const hits = await hitFile({ ch10: { timestamp: [1], energy: [1] } });
    const tcm = join(folder, 'tcm.lh5');
    await runTableStageOnFiles({ stage: buildTcm, options, inputs: { hit: hits }, output: tcm });
    const run = (given: object, inputs: Record<string, string> = { tcm, hit: hits }): Promise<unknown> =>
      runTableStageOnFiles({ stage: hitToEvt, options: given, inputs, output: join(folder, 'evt.lh5') });
    await expect(run({ config }, { tcm: hits, hit: hits })).rejects.toThrow('there is no coincidence map');
    await expect(run({ config }, { hit: hits })).rejects.toThrow('needs a tcm file');
    await expect(run({ config, tables: { hit: 'geds{}/hit' } })).rejects.toThrow(
      'fits geds{}/hit; it has ch10/hit',
    );
    const wrong = { ...config, operations: { n: { expression: 'dsp.e', aggregation_mode: 'sum' } } };
    await expect(run({ config: wrong })).rejects.toThrow('needs a dsp file');
    await expect(run({ config: { ...config, channels: { geds: 'V02160A' } } })).rejects.toThrow(
      'is no table like ch1084803',
    );
  });

  it('leaves no part of a file behind when it is cancelled, whenever that happens', async () => {
    const hits = await hitFile({ ch10: { timestamp: [1, 5, 9], energy: [1, 2, 3] } });
    const tcm = join(folder, 'tcm.lh5');
    await runTableStageOnFiles({ stage: buildTcm, options, inputs: { hit: hits }, output: tcm });
    const stop = new AbortController();
    const stage: typeof hitToEvt = {
      ...hitToEvt,
      async *run(config_, inputs, context) {
        const work = hitToEvt.run(config_, inputs, context);
        yield (await work.next()).value as never;
        stop.abort();
        return yield* work;
      },
    };
    const run = {
      stage,
      options: { config, eventsAtOnce: 1 },
      inputs: { tcm, hit: hits },
      output: join(folder, 'evt.lh5'),
    };
    await expect(runTableStageOnFiles(run, { signal: stop.signal })).rejects.toThrow('cancelled');
    expect((await readdir(folder)).sort()).toEqual(['hit.lh5', 'tcm.lh5']);
  });

  it('writes and reads the flat layout of older files, with the same events', async () => {
    const hits = await hitFile({
      ch20: { timestamp: [1, 5, 9], energy: [1, 2, 3] },
      ch10: { timestamp: [0.5, 5.5, 20], energy: [4, 5, 6] },
    });
    const results: unknown[] = [];
    for (const layout of ['vectors', 'flat']) {
      const tcm = join(folder, `${layout}.lh5`);
      const given = { ...options, layout };
      const made = await runTableStageOnFiles({
        stage: buildTcm,
        options: given,
        inputs: { hit: hits },
        output: tcm,
      });
      expect(made).toMatchObject({ rows: 4, report: { hits: 6, events: 4 } });
      for (const eventsAtOnce of [1, 3, 10_000]) {
        const output = join(folder, `evt-${layout}-${eventsAtOnce}.lh5`);
        const run = {
          stage: hitToEvt,
          options: { config, eventsAtOnce },
          inputs: { tcm, hit: hits },
          output,
        };
        await runTableStageOnFiles(run);
        results.push(await read(output, 'evt'));
      }
    }
    const reader = await lh5Backend.openReader(join(folder, 'flat.lh5'));
    expect(values(await reader.read('hardware_tcm_1/array_id'))).toEqual([10, 20, 20, 10, 20, 10]);
    expect(values(await reader.read('hardware_tcm_1/array_idx'))).toEqual([0, 0, 1, 1, 2, 2]);
    expect(values(await reader.read('hardware_tcm_1/cumulative_length'))).toEqual([2, 4, 5, 6]);
    await reader.close();
    for (const result of results) expect(result).toEqual(results[0]);
  });

  it('refuses a flat map whose arrays do not fit together', async () => {
    const hits = await hitFile({ ch10: { timestamp: [1], energy: [1] } });
    const tcm = join(folder, 'tcm.lh5');
    const writer = await lh5Backend.createWriter(tcm);
    await writer.write('map/array_id', column([10]));
    await writer.write('map/array_idx', column([0]));
    await writer.write('map/cumulative_length', column([2]));
    await writer.close();
    const inputs = { tcm, hit: hits };
    const run = { stage: hitToEvt, options: { config }, inputs, output: join(folder, 'evt.lh5') };
    await expect(runTableStageOnFiles(run)).rejects.toThrow('is damaged');
  });
});
