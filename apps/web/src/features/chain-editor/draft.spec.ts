import { describe, expect, it } from 'vitest';
import {
  chainsOf,
  lookedUpBy,
  parameterPath,
  parameterText,
  parameterValue,
  valueAt,
  withValue,
} from './draft';

describe('chains of a configuration', () => {
  const chain = { outputs: [] };
  it('are that for all tables and those per pattern', () => {
    expect(chainsOf({ config: chain }).map(({ label }) => label)).toEqual(['All tables']);
    const both = { config: chain, channelConfigs: [{ tables: 'ch*/raw', config: chain }] };
    expect(chainsOf(both).map(({ label, path }) => [label, valueAt(both, path)])).toEqual([
      ['All other tables', chain],
      ['Tables ch*/raw', chain],
    ]);
    expect(chainsOf({ channelConfigs: { ch1: chain } }).map(({ path }) => path)).toEqual([
      ['channelConfigs', 'ch1'],
    ]);
    expect(chainsOf({})).toHaveLength(1);
  });
});

describe('changes', () => {
  it('leave everything else as it is', () => {
    const content = { a: { b: [1, { c: 2 }] }, d: 3 };
    expect(withValue(content, ['a', 'b', 1, 'c'], 5)).toEqual({ a: { b: [1, { c: 5 }] }, d: 3 });
    expect(withValue(content, ['x', 'y'], 1)).toEqual({ ...content, x: { y: 1 } });
    expect(withValue(content, ['d'], undefined)).toEqual({ a: content.a });
    expect(content.d).toBe(3);
  });
});

describe('parameters', () => {
  it('are found with the values that processors have for them', () => {
    const found = lookedUpBy({
      processors: {
        a: { function: 'm.f(wf, db.pz.tau, a)', defaults: { 'db.pz.tau': '180*us' } },
        b: 'a * db.gain + redb.x',
      },
    });
    expect(found).toEqual([
      { name: 'db.gain', fallback: undefined, fallbackPath: undefined },
      { name: 'db.pz.tau', fallback: '180*us', fallbackPath: ['processors', 'a', 'defaults', 'db.pz.tau'] },
    ]);
  });

  it('stand under the channel of the table', () => {
    expect(parameterPath('ch0000001/raw')).toEqual(['database', 'ch0000001']);
    expect(parameterPath('raw')).toEqual(['database']);
  });

  it('are numbers where they read as such', () => {
    expect(['2.5', '180*us', '[1, 2]', 'true'].map(parameterValue)).toEqual([2.5, '180*us', [1, 2], true]);
    expect([2.5, '180*us', [1, 2]].map(parameterText)).toEqual(['2.5', '180*us', '[1,2]']);
  });
});
