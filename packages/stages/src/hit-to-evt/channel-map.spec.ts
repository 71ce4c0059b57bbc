import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import { parseOptions } from '@countroom/pipeline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTableStageOnFiles } from '../files/run-table-stage.js';
import { listsOfNumbers, numbersOf, tableOf, valuesOf } from '../testing/memory-reader.js';
import { channelMapFor, channelMapNeeds } from './channel-map.js';
import { hitToEvt } from './hit-to-evt.stage.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countroom-channel-map-'));
  const hits = await lh5Backend.createWriter(join(folder, 'hit.lh5'));
  for (const [key, energies] of Object.entries({ 1: [1000, 5], 2: [100], 3: [7] }))
    await hits.append(`ch${key}/hit`, tableOf({ e: numbersOf('float64', energies) }));
  await hits.close();
  const map = await lh5Backend.createWriter(join(folder, 'tcm.lh5'));
  const events = { table_key: [[1, 2], [1], [3]], row_in_table: [[0, 0], [1], [0]] };
  const columns = Object.entries(events).map(([name, lists]) => [name, listsOfNumbers('int32', lists)]);
  await map.append('tcm', tableOf(Object.fromEntries(columns) as never));
  await map.close();
});
afterAll(() => rm(folder, { recursive: true }));

const geds = { module: 'pygama.evt.modules.legend.metadata', system: 'geds', time_key: '20230318T012144Z' };
const config = {
  channels: { geds, on: { query: 'analysis.usability == "on"' }, light: 'ch3' },
  operations: {
    n: { expression: 'hit.e > 0', aggregation_mode: 'sum', channels: 'geds' },
    on: { expression: 'hit.e > 0', aggregation_mode: 'any', channels: 'on' },
    keys: { expression: 'tcm.table_key', aggregation_mode: 'gather', channels: 'geds' },
    lead: { expression: 'tcm.table_key', aggregation_mode: 'last_at:hit.e', channels: 'geds', initial: 0 },
    names: {
      expression: 'legend.convert_rawid(<...>, rawid_obj=evt.keys)',
      aggregation_mode: 'function',
      description: 'detectors',
    },
    name: { expression: 'legend.convert_rawid(<...>, rawid_obj=evt.lead)', aggregation_mode: 'function' },
  },
  outputs: ['n', 'on', 'names', 'name'],
};
const channelmap = {
  V02: { system: 'geds', daq: { rawid: 2, crate: 0 } },
  V01: { system: 'geds', daq: { rawid: 1, crate: 0 }, location: { string: 4 } },
  S03: { system: 'spms', daq: { rawid: 3 } },
  general: { made: 2023 },
};
const status = { V01: { usability: 'on' }, V02: { usability: 'off' } };

async function build(given: object): Promise<Record<string, unknown>> {
  const output = join(folder, 'evt.lh5');
  const inputs = { hit: join(folder, 'hit.lh5'), tcm: join(folder, 'tcm.lh5') };
  const options = { config, eventsAtOnce: 2, ...given };
  await runTableStageOnFiles({ stage: hitToEvt, options, inputs, output, overwrite: true });
  const reader = await lh5Backend.openReader(output);
  const { columns } = await reader.readTable('evt');
  await reader.close();
  return Object.fromEntries([...columns].map(([name, column]) => [name, valuesOf(column)]));
}

describe('a channel map', () => {
  const needs = channelMapNeeds(parseOptions(hitToEvt, { config }))!;
  const metadata = channelMapFor(needs, channelmap, status);

  it('is part of the options as far as the configuration looks at it', () => {
    expect(needs).toEqual({ facts: ['daq.rawid', 'system', 'analysis.usability'], at: '20230318T012144Z' });
    expect(metadata).toEqual({
      V02: { system: 'geds', daq: { rawid: 2 }, analysis: { usability: 'off' } },
      V01: { system: 'geds', daq: { rawid: 1 }, analysis: { usability: 'on' } },
      S03: { system: 'spms', daq: { rawid: 3 } },
    });
    const plain = { config: { channels: { a: 'ch1' }, operations: {} } };
    expect(channelMapNeeds(parseOptions(hitToEvt, plain))).toBeUndefined();
  });

  it('gives lists of channels, and the names of detectors as texts of the file', async () => {
    expect(await build({ metadata })).toEqual({
      n: [2, 1, 0],
      on: [1, 1, 0],
      names: [['V01', 'V02'], ['V01'], []],
      name: ['V01', 'V01', '0000000'],
    });
    const own = { ...config, channel_mapping: { ch1: 'first', ch2: 'second' } };
    expect(await build({ metadata, config: own })).toMatchObject({ name: ['first', 'first', '0000000'] });
  });

  it.each<[object, string]>([
    [{}, 'config.channels.geds: there is no channel map: approve one in the parameter set channelmap'],
    [{ metadata: channelmap }, 'config.channels.on: no channel has analysis.usability; there are daq.crate'],
    [
      { metadata, config: { ...config, channels: { ...config.channels, geds: { ...geds, sytem: 'x' } } } },
      'config.channels.geds: legend.metadata has no argument sytem',
    ],
    [
      { config: { ...config, channels: { geds: null } } },
      'config.channels.geds: must be a text or a list or an object of options',
    ],
    [
      { config: { ...config, channels: { geds: { query: 'a', sytem: 1 } } } },
      'config.channels.geds: there is no option sytem; there are query, time_key, module',
    ],
    [
      { config: { ...config, channels: { geds: { query: 'daq.rawid +' } } }, metadata },
      'config.channels.geds: ',
    ],
    [
      { metadata, config: { ...config, channel_mapping: { V01: 'V01' } } },
      'config.channel_mapping: V01 is no table like ch1084803',
    ],
  ])('is refused: %j', async (given, message) => {
    await expect(build(given)).rejects.toThrow(message);
  });

  it('is of one moment', () => {
    const late = { ...geds, time_key: '20240101T000000Z' };
    const both = { config: { ...config, channels: { geds, late } } };
    expect(() => channelMapNeeds(parseOptions(hitToEvt, both))).toThrow('of several moments');
  });
});

describe('values by reference', () => {
  const call =
    'geds.apply_xtalk_correction_and_calibrate(<...>, uncal_energy_expr="hit.e", cal_energy_expr="hit.e", multiplicity_expr="hit.e > 10", energy_threshold=5, uncal_var="hit.e", recal_var="hit.cal")';
  const options = {
    config: {
      channels: { geds: ['ch1', 'ch2'] },
      operations: { e: { aggregation_mode: 'function', expression: call, channels: 'geds' } },
    },
    crossTalk: 'db.crosstalk',
    calibrations: 'db.operations',
  };
  const matrices = {
    channels: [1, 2],
    negative: [
      [0, -0.02],
      [null, 0],
    ],
    positive: [
      [0, 0.01],
      [0.1, 0],
    ],
  };
  const database = {
    '*': { crosstalk: matrices },
    'ch*': { operations: { cal: { expression: 'a + e', parameters: { a: 0.5 } } } },
  };

  it('are matrices for all channels, and operations of each', async () => {
    expect(await build({ ...options, database })).toEqual({ e: [[990.5, 120.5], [], []] });
    expect(hitToEvt.reads!(parseOptions(hitToEvt, options))).toEqual(['tcm', 'hit']);
  });

  it.each<[object, string]>([
    [{}, 'crossTalk: there is no value for db.crosstalk: approve one for "*" in the set evt'],
    [{ '*': { crosstalk: { channels: [1] } } }, 'crossTalk: db.crosstalk does not fit: negative'],
    [{ '*': { crosstalk: matrices } }, 'calibrations: no channel has db.operations'],
    [
      { '*': { crosstalk: matrices }, ch1: { operations: { cal: { expresion: '1' } } } },
      'calibrations: db.operations of ch1 does not fit: cal',
    ],
  ])('are refused in %j', async (given, message) => {
    await expect(build({ ...options, database: given })).rejects.toThrow(message);
  });
});
