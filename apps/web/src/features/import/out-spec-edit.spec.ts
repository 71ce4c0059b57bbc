import { describe, expect, it } from 'vitest';
import {
  channelLayout,
  groupsOf,
  issuesOfGroup,
  keysOf,
  keysText,
  newGroup,
  specOf,
  stepOf,
  withField,
  withStep,
} from './out-spec-edit';

const spec = {
  FCEventDecoder: {
    geds: { key_list: [[0, 5], 9, 'fcid_*'], out_name: '{name}/raw', proc_spec: { drop: ['baseline'] } },
    rest: { key_list: ['*'], out_stream: '' },
  },
  '*': { '{name}': { key_list: ['*'] } },
};

describe('an output specification', () => {
  it('goes through the form without loss', () => {
    expect(specOf(groupsOf(spec))).toEqual(spec);
    expect(groupsOf('no object')).toEqual([]);
    expect(groupsOf({ FCEventDecoder: 3 })).toEqual([]);
  });

  it('never loses a group to a name that is taken', () => {
    const [first] = groupsOf(spec);
    expect(groupsOf(specOf([first!, first!, first!])).map(({ name }) => name)).toEqual([
      'geds',
      'geds_2',
      'geds_3',
    ]);
  });

  it('has key lists that are written in a line', () => {
    expect(keysText([[0, 5], 9, 'fcid_*'])).toBe('0-5, 9, fcid_*');
    expect(keysOf('0-5, 9,fcid_*  52800…52810')).toEqual([[0, 5], 9, 'fcid_*', [52_800, 52_810]]);
    expect(keysOf(keysText(['*', 'fcid_1/config']))).toEqual(['*', 'fcid_1/config']);
    expect(keysOf(' ')).toEqual([]);
    expect(keysText('no list')).toBe('');
  });

  it('has steps that come and go', () => {
    const [geds] = groupsOf(spec);
    const windowed = withStep(geds!, 'window', ['waveform', 0, 10, 'short']);
    expect(stepOf(windowed, 'window')).toEqual(['waveform', 0, 10, 'short']);
    expect(stepOf(windowed, 'drop')).toEqual(['baseline']);
    const bare = withStep(withStep(windowed, 'window', undefined), 'drop', undefined);
    expect(bare.content).toEqual({ key_list: [[0, 5], 9, 'fcid_*'], out_name: '{name}/raw' });
    expect(withField(bare, 'out_name', undefined).content).not.toHaveProperty('out_name');
  });

  it('knows the faults of each group', () => {
    const issues = [
      { path: 'body.config.outSpec.FCEventDecoder.geds.key_list.0', message: 'empty' },
      { path: 'body.config.outSpec.FCEventDecoder.geds', message: 'missing' },
      { path: 'body.config.outSpec.FCEventDecoder.geds2.out_name', message: 'other' },
    ];
    expect(issuesOfGroup(issues, { decoder: 'FCEventDecoder', name: 'geds' })).toEqual([
      { path: 'key_list.0', message: 'empty' },
      { path: '', message: 'missing' },
    ]);
  });
});

describe('a layout to begin with', () => {
  const column = (name: string) => ({ name, dtype: 'uint16', shape: [], variableLength: false, units: null });
  const stream = (decoder: string, keys: (number | string)[], columns: string[]) => ({
    decoder,
    table: decoder.replace('Decoder', ''),
    keys: keys.map((key) => ({ key, rows: 1 })),
    keyCount: keys.length,
    columns: columns.map(column),
    rows: 1,
    estimatedRows: null,
    times: null,
  });
  const events = stream('FCEventDecoder', [1, 2], ['timestamp', 'waveform/values']);
  const status = stream('FCStatusDecoder', ['fcid_0'], ['eventtype']);

  it('is a table for each channel', () => {
    expect(channelLayout({ streams: [events, status] })).toEqual({
      FCEventDecoder: { 'ch{key:07d}': { key_list: ['*'], out_name: '{name}/raw' } },
      '*': { '{name}': { key_list: ['*'] } },
    });
    const named = stream('AnyDecoder', ['a'], ['waveform/values']);
    expect(channelLayout({ streams: [named] })).toEqual({
      AnyDecoder: { '{key}': { key_list: ['*'], out_name: '{name}/raw' } },
    });
  });

  it('is added to by what is not asked for yet', () => {
    const summary = { streams: [events, status] };
    const first = newGroup(summary, []);
    expect(first).toEqual({ decoder: 'FCEventDecoder', name: 'FCEvent', content: { key_list: ['*'] } });
    expect(newGroup(summary, [first])).toMatchObject({ decoder: 'FCStatusDecoder', name: 'FCStatus' });
    const third = newGroup({ streams: [events] }, [first]);
    expect(third).toEqual({ decoder: 'FCEventDecoder', name: 'group', content: { key_list: [] } });
  });
});
