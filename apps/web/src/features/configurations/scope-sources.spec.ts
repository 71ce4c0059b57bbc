import { describe, expect, it } from 'vitest';
import { findingIssues, scopeSources, withConfig } from './scope-sources';

const content = {
  sources: [
    { name: 'a', driver: 'replay', config: {} },
    { name: 'b', driver: 'picoscope', config: { samples: 10 } },
    { driver: 'picoscope' },
  ],
};

describe('the scopes of a configuration', () => {
  it('are found by their driver, also in one that is half written', () => {
    expect(scopeSources(content)).toEqual([
      { index: 1, name: 'b', config: { samples: 10 } },
      { index: 2, name: 'source 3', config: {} },
    ]);
    for (const broken of [null, 1, [], {}, { sources: 'none' }, { sources: [null, 'x'] }])
      expect(scopeSources(broken)).toEqual([]);
  });

  it('get new settings one by one, and all else stays', () => {
    const changed = withConfig(content, 1, { samples: 20 });
    expect(scopeSources(changed)[0]?.config).toEqual({ samples: 20 });
    expect(withConfig(changed, 1, { samples: 10 })).toEqual(content);
  });

  it('have their errors at the fields of the form, warnings not', () => {
    const wrong = {
      place: 'recordS',
      severity: 'error',
      problem: 'bad',
      remedy: 'mend',
      nearest: 1,
    } as const;
    expect(findingIssues(1, [wrong, { ...wrong, severity: 'warning' }])).toEqual([
      { path: 'sources.1.config.recordS', message: 'bad; mend (nearest: 1)' },
    ]);
    expect(findingIssues(1, [{ ...wrong, place: '' }])[0]?.path).toBe('sources.1.config');
  });
});
