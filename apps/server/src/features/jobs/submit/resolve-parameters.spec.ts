import type { JsonValue } from '@countroom/contracts';
import { parseOptions } from '@countroom/pipeline';
import { stages } from '@countroom/stages';
import { describe, expect, it } from 'vitest';
import type { RequestedStage } from './plan-run.js';
import { parameterSetOf, sourcesOf, withFoundValues, withParameters } from './resolve-parameters.js';

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
    expect(parameterSetOf(request)).toBe('dsp');
    const { config } = withParameters(request, held);
    expect(config).toMatchObject({
      database: { ch1: { pz: { tau: '180*us' } }, ch2: { pz: { tau: '80*us' } } },
    });
    expect(JSON.stringify(config)).not.toMatch(/note|trap/);
  });

  it('are none for stages and options that refer to none', () => {
    expect(
      parameterSetOf(requested('raw_to_dsp', { config: { outputs: [], processors: {} } })),
    ).toBeUndefined();
    expect(parameterSetOf(requested('daq_to_raw', {}))).toBeUndefined();
    expect(
      parameterSetOf(requested('dsp_to_hit', { config: { operations: { e: 'db.operations.e' } } })),
    ).toBe('hit');
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
