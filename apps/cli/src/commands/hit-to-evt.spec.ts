import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import type { DataObject, NdArray, Table } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printedJson } from '../testing/printed-json.js';

let folder: string;
const at = (name: string): string => join(folder, name);

function numbers(...data: number[]): NdArray {
  const values = Float64Array.from(data);
  return { kind: 'array', flavor: 'array', dtype: 'float64', shape: [data.length], data: values, attrs: {} };
}

/** One event of one hit per channel. */
async function writeInputs(): Promise<void> {
  const hits = await lh5Backend.createWriter(at('hit.lh5'));
  for (const [channel, energy] of Object.entries({ ch1: 1000, ch2: 100 })) {
    const columns = new Map([['e', numbers(energy)]]);
    await hits.append(`${channel}/hit`, { kind: 'table', rows: 1, columns, attrs: {} });
  }
  await hits.close();
  const list = (...flattened: number[]): DataObject => ({
    kind: 'vov',
    cumulative: { ...numbers(), dtype: 'uint32', shape: [1], data: Uint32Array.of(2) },
    flattened: { ...numbers(), dtype: 'int32', shape: [2], data: Int32Array.from(flattened) },
    attrs: {},
  });
  const columns = new Map([
    ['table_key', list(1, 2)],
    ['row_in_table', list(0, 0)],
  ]);
  const map: Table = { kind: 'table', rows: 1, columns, attrs: {} };
  const tcm = await lh5Backend.createWriter(at('x-cal-20230401T000000Z-tcm.lh5'));
  await tcm.append('tcm', map);
  await tcm.close();
  const matrix = (...values: number[]): NdArray => ({ ...numbers(...values), shape: [2, 2] });
  const xtc = await lh5Backend.createWriter(at('xtc.lh5'));
  await xtc.write('xtc/rawid_index', numbers(1, 2));
  await xtc.write('xtc/xtalk_matrix_negative', matrix(0, 0, Number.NaN, 0));
  await xtc.write('xtc/xtalk_matrix_positive', matrix(0, 0.01, 0.1, 0));
  await xtc.close();
}

async function writeMetadata(): Promise<void> {
  const maps = at('metadata/hardware/configuration/channelmaps');
  const states = at('metadata/datasets/statuses');
  for (const path of [maps, states]) await mkdir(path, { recursive: true });
  await writeFile(join(maps, 'validity.yaml'), '- {valid_from: 20230101T000000Z, apply: [map.yaml]}\n');
  await writeFile(
    join(maps, 'map.yaml'),
    'V02: {system: geds, daq: {rawid: 2}}\nV01: {system: geds, daq: {rawid: 1}}\n',
  );
  await writeFile(
    join(states, 'validity.yaml'),
    '- {valid_from: 20230101T000000Z, apply: [on.yaml]}\n- {valid_from: 20240101T000000Z, mode: reset, apply: [off.yaml]}\n',
  );
  await writeFile(join(states, 'on.yaml'), 'V01: {usability: on}\nV02: {usability: on}\n');
  await writeFile(join(states, 'off.yaml'), 'V01: {usability: on}\nV02: {usability: off}\n');
}

const query = { query: 'analysis.usability == "on"' };
const correction =
  'geds.apply_xtalk_correction(<...>, uncal_energy_expr="hit.e", cal_energy_expr="hit.e", multiplicity_expr="hit.e > 0", energy_threshold=5)';
const operations = {
  keys: { channels: 'on', expression: 'tcm.table_key', aggregation_mode: 'gather' },
  names: { aggregation_mode: 'function', expression: 'legend.convert_rawid(<...>, rawid_obj=evt.keys)' },
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countroom-evt-'));
  await writeInputs();
  await writeMetadata();
  const evt = { channels: { on: query }, operations, outputs: ['names'] };
  await writeFile(at('evt.json'), JSON.stringify(evt));
  await writeFile(at('names.json'), '{"ch1": "first", "ch2": "second"}');
  await writeFile(
    at('named.json'),
    JSON.stringify({ ...evt, channels: { on: ['ch2'] }, channel_mapping: 'names.json' }),
  );
  const energies = { aggregation_mode: 'function', expression: correction };
  await writeFile(at('xtc.json'), JSON.stringify({ channels: {}, operations: { energies } }));
});
afterAll(() => rm(folder, { recursive: true }));

/** The lists of the one column of the events. */
async function build(config: string, ...args: string[]): Promise<unknown> {
  const [tcm, hit, out] = [at('x-cal-20230401T000000Z-tcm.lh5'), at('hit.lh5'), at('evt.lh5')];
  const files = [tcm, '--hit', hit, '--out', out, '--overwrite', '--config', at(config)];
  await printedJson('hit-to-evt', ...files, ...args);
  const reader = await lh5Backend.openReader(out);
  const [column] = (await reader.readTable('evt')).columns.values();
  await reader.close();
  const items = (column as Extract<DataObject, { kind: 'vov' }>).flattened;
  return items.kind === 'strings' ? items.values : Array.from((items as NdArray).data as Float64Array);
}

describe('events on the command line', () => {
  it('take channels and names from metadata, for the moment in the name of the map or another', async () => {
    expect(await build('evt.json', '--metadata', at('metadata'))).toEqual(['V01', 'V02']);
    const late = ['--metadata', at('metadata'), '--at', '20240601T000000Z'];
    expect(await build('evt.json', ...late)).toEqual(['V01']);
    expect(await build('named.json')).toEqual(['second']);
  });

  it('correct for cross-talk with a file, or with the parameters made of it', async () => {
    const direct = await build('xtc.json', '--crosstalk', at('xtc.lh5'));
    expect(direct).toEqual([990, 90]);
    const made = at('parameters');
    await printedJson('parameters', 'cross-talk', at('xtc.lh5'), '--from', '20230101T000000Z', '--out', made);
    await writeFile(
      at('by-reference.json'),
      JSON.stringify({
        channels: {},
        operations: { e: { aggregation_mode: 'function', expression: correction } },
      }),
    );
    const document = join(made, 'crosstalk.json');
    const given = ['--crosstalk', 'db.crosstalk', '--db', document];
    expect(await build('by-reference.json', ...given)).toEqual(direct);
    await printedJson('parameters', 'import', join(made, 'validity.json'), '--set', 'evt', '--check');
  });

  it.each([
    [['--metadata', 'none'], 'none: there is no such file or folder'],
    [['--metadata', '.'], 'there is no validity file, neither in it nor in hardware'],
    [['--metadata', 'metadata', '--at', 'yesterday'], '--at yesterday is no moment'],
    [[], 'there is no channel map'],
    [['--compat', 'root'], 'compat: must be one of none, pygama'],
  ])('say what is wrong with %j', async (given, message) => {
    const args = given.map((one) => (one === '.' || one === 'metadata' ? at(one) : one));
    await expect(build('evt.json', ...args)).rejects.toThrow(message);
  });
});
