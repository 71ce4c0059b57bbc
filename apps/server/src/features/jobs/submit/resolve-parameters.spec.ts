import type { JsonValue } from '@countroom/contracts';
import { parseOptions } from '@countroom/pipeline';
import { stages } from '@countroom/stages';
import { describe, expect, it } from 'vitest';
import type { RequestedStage } from './plan-run.js';
import {
  parameterSetsOf,
  sourcesOf,
  withFoundValues,
  withHeldValues,
  withParameters,
} from './resolve-parameters.js';

function requested(name: string, options: object): RequestedStage {
  const stage = stages.get(name);
  const config = parseOptions(stage, options) as JsonValue;
  return { stage, config, configurationVersionId: null, inputs: {} };
}

const chain = {
  outputs: ['a'],
  processors: { a: { function: 'pole_zero', module: 'dspeed.processors', args: ['w', 'db.pz.tau', 'a'] } },
};
const held = { ch1: { pz: { tau: '180*us', note: 'x' } }, 'ch*': { trap: 3 }, ch2: { pz: { tau: '90*us' } } };

describe('parameters of a request', () => {
  it('are those that it refers to, under those of its own', () => {
    const request = requested('raw_to_dsp', { config: chain, database: { ch2: { pz: { tau: '80*us' } } } });
    expect(parameterSetsOf(request)).toEqual(['dsp']);
    const { config } = withParameters(request, held);
    expect(config).toMatchObject({
      database: { ch1: { pz: { tau: '180*us' } }, ch2: { pz: { tau: '80*us' } } },
    });
    expect(JSON.stringify(config)).not.toMatch(/note|trap/);
  });

  it('are none for stages and options that refer to none', () => {
    expect(parameterSetsOf(requested('raw_to_dsp', { config: { outputs: [], processors: {} } }))).toEqual([]);
    expect(parameterSetsOf(requested('daq_to_raw', {}))).toEqual([]);
    expect(
      parameterSetsOf(requested('dsp_to_hit', { config: { operations: { e: 'db.operations.e' } } })),
    ).toEqual(['hit']);
  });

  it('are found by analyses of the set that do not read what they are for', () => {
    const hit = requested('dsp_to_hit', { config: { operations: { e: 'db.operations.e' } } });
    const calibrate = requested('calibrate', { source: 'Th-228' });
    const [ofHits, ofDsp] = (['hit', 'dsp'] as const).map((from) =>
      requested('find_cuts', { from, cleaning: [{ of: 'bl_std' }] }),
    );
    const dsp = requested('raw_to_dsp', { config: chain });
    expect(sourcesOf(hit, [dsp, hit, calibrate, ofHits!])).toEqual(['calibration']);
    expect(sourcesOf(hit, [hit, ofDsp!])).toEqual(['cuts']);
    expect(sourcesOf(dsp, [dsp, requested('find_decay_constant', {}), calibrate])).toEqual([]);
    expect(sourcesOf(requested('daq_to_raw', {}), [calibrate])).toEqual([]);
  });

  it('that are found lie over all others', () => {
    const config = { config: chain, database: { 'ch*': { pz: { tau: '1*us' } }, ch2: { trap: 1 } } };
    expect(withFoundValues(config, [{ ch2: { pz: { tau: '2*us' } } }])).toMatchObject({
      database: { ch2: { pz: { tau: '2*us' }, trap: 1 } },
    });
  });
});

describe('what events hold', () => {
  const event = (more: object, channels: object = {}): RequestedStage =>
    requested('hit_to_evt', { config: { channels, operations: {} }, ...more });
  const sets: Record<string, object> = {
    hit: { ch1: { operations: { cal: { expression: 'e' } }, results: 1 } },
    evt: { '*': { crosstalk: { channels: [] } } },
    channelmap: { V01: { system: 'geds', daq: { rawid: 1, crate: 3 } }, late: { system: 'geds' } },
    status: { V01: { usability: 'on' } },
  };
  const asked: unknown[] = [];
  const held = (set: string, at?: number): Promise<never> => {
    asked.push([set, at]);
    return Promise.resolve((sets[set] ?? {}) as never);
  };

  it('are cross-talk of their own set, and operations of hits', async () => {
    const request = event({ crossTalk: 'db.crosstalk', calibrations: 'db.operations' });
    const { config } = await withHeldValues(request, held);
    expect(config).toMatchObject({
      database: { '*': sets['evt']!['*' as never], ch1: { operations: { cal: { expression: 'e' } } } },
    });
    expect(JSON.stringify(config)).not.toMatch(/results/);
    expect(sourcesOf(request, [request, requested('calibrate', { source: 'Th-228' })])).toEqual([
      'calibration',
    ]);
    const own = event({});
    expect(await withHeldValues(own, held)).toBe(own);
  });

  it('are facts of the channel map that they look at, with those of the request over them', async () => {
    const lists = { on: { query: 'analysis.usability == "on"', time_key: '20230318T012144Z' } };
    const { config } = await withHeldValues(event({ metadata: { V02: { daq: { rawid: 2 } } } }, lists), held);
    expect(config).toMatchObject({
      metadata: { V01: { daq: { rawid: 1 }, analysis: { usability: 'on' } }, V02: { daq: { rawid: 2 } } },
    });
    expect(JSON.stringify(config)).not.toMatch(/crate|late|geds/);
    expect(asked.slice(-2)).toEqual([
      ['channelmap', Date.UTC(2023, 2, 18, 1, 21, 44)],
      ['status', Date.UTC(2023, 2, 18, 1, 21, 44)],
    ]);
  });

  it('is said when there is no channel map, or no such moment', async () => {
    const none = (): Promise<never> => Promise.resolve({} as never);
    const list = { module: 'legend.metadata', system: 'geds' };
    await expect(withHeldValues(event({}, { on: list }), none)).rejects.toThrow(
      'no channel map holds for the run: approve one in the parameter set channelmap',
    );
    const late = { on: { ...list, time_key: 'yesterday' } };
    await expect(withHeldValues(event({}, late), none)).rejects.toThrow(
      'time_key is "yesterday"; write it like',
    );
  });
});
