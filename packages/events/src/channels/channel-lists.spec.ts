import { describe, expect, it } from 'vitest';
import { chooseChannels, type DescribedChannels, prepareChannels } from './channel-lists.js';
import type { Fact } from './fact-query.js';

const channel = (name: string, key: number, facts: Record<string, Fact>) => ({
  name,
  key,
  facts: new Map(Object.entries(facts)),
});
const channels = [
  channel('V02', 12, { system: 'geds', 'analysis.usability': 'ac', 'daq.crate': 1 }),
  channel('B01', 11, { system: 'geds', 'analysis.usability': 'on', 'daq.crate': 0, 'analysis.blind': true }),
  channel('S01', 20, { system: 'spms', 'daq.crate': 0 }),
];
const chosen = (described: DescribedChannels): number[] =>
  chooseChannels(prepareChannels(described), channels);

describe('channels of the map', () => {
  it.each<[string, DescribedChannels, number[]]>([
    [
      'of a system',
      { module: 'pygama.evt.modules.legend.metadata', system: 'geds', time_key: 'x' },
      [11, 12],
    ],
    ['by a fact', { module: 'legend.metadata', selectors: { 'analysis.usability': 'on' } }, [11]],
    [
      'by one of several',
      { module: 'legend.metadata', selectors: { system: ['spms', 'geds'] } },
      [11, 20, 12],
    ],
    ['by a query', { query: '(system == "geds") & (daq.crate < 1)' }, [11]],
    ['without a fact', { query: 'analysis.usability != "on"' }, [12]],
    [
      'by a truth value',
      { query: '~analysis.blind & (system == "geds") | (daq.crate == -0.0) & False' },
      [12],
    ],
    ['of another type', { query: 'system == 1' }, []],
  ])('are chosen %s', (_, described, keys) => {
    expect(chosen(described)).toEqual(keys);
  });

  it.each<[DescribedChannels, string]>([
    [
      { module: 'legend.data' },
      'there is no function legend.data that gives channels; there are legend.metadata',
    ],
    [
      { module: 'legend.metadata', systm: 'geds' },
      'has no argument systm; it has time_key, system, selectors',
    ],
    [{ module: 'legend.metadata', system: 3 }, 'system must be a text'],
    [{ module: 'legend.metadata', selectors: 'on' }, 'selectors must name facts'],
    [{ module: 'legend.metadata', selectors: { a: { b: 1 } } }, 'selectors.a must be a value'],
    [{ query: 'sytem == "geds"' }, 'no channel has sytem; there are analysis.blind, analysis.usability'],
    [{ query: 'system + 1' }, 'facts are compared with values'],
    [{ query: 'system == [1]' }, 'beside a comparison stand facts'],
    [{ query: 'system ==' }, 'system =='],
  ])('are not chosen by %j', (described, message) => {
    expect(() => chosen(described)).toThrow(message);
  });

  it('are none of none', () => {
    expect(chooseChannels(prepareChannels({ query: 'a > 1' }), [])).toEqual([]);
  });
});
