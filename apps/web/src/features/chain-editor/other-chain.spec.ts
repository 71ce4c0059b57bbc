import { describe, expect, it } from 'vitest';
import { chainForTable, urlChain } from './other-chain';

describe('the chain of a table', () => {
  const content = {
    config: 'all',
    channelConfigs: [
      { tables: 'ch1', config: 'one' },
      { tables: 'ch*/raw', config: 'many' },
    ],
  };
  it('is the first whose pattern fits, else the one for all', () => {
    expect(chainForTable(content, 'ch1/raw')).toBe('one');
    expect(chainForTable(content, 'ch2/raw')).toBe('many');
    expect(chainForTable(content, 'FCEvent')).toBe('all');
    expect(chainForTable({ channelConfigs: { 'ch*': 'named' } }, 'ch7/raw')).toBe('named');
    expect(chainForTable({ channelConfigs: { 'ch*': 'named' } }, 'FCEvent')).toBeUndefined();
  });
});

describe('a chain in the address', () => {
  it('is a configuration and a version, or nothing', () => {
    const chain = { configuration: '0190a8a0-0000-7000-8000-000000000001', version: 3 };
    expect(urlChain.read(urlChain.write(chain))).toEqual(chain);
    for (const text of [null, '', 'x:1', `${chain.configuration}:x`]) expect(urlChain.read(text)).toBeNull();
  });
});
