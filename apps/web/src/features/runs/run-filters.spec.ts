import { endpoints } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { filterCount, noFilters, readRunFilters, runsQuery, writeRunFilters } from './run-filters';

const filled = {
  ...noFilters,
  detector: ['demo', 'imported'],
  outcome: ['failed', 'aborted'] as const,
  tag: ['calibration, long', 'th228'],
  text: 'cold finger',
  after: '2026-03-01T12:00',
  number: 12,
  running: true,
  sort: 'recorded' as const,
  order: 'asc' as const,
};

function addressOf(entries: Record<string, string | null>): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, text] of Object.entries(entries)) if (text !== null) search.set(name, text);
  return search;
}

describe('filters of runs', () => {
  it('come back from the address as they were written', () => {
    const read = readRunFilters(addressOf(writeRunFilters(filled)));
    expect(read).toEqual({ ...filled, outcome: ['aborted', 'failed'] });
  });

  it('leave an untouched list without anything in the address', () => {
    expect(addressOf(writeRunFilters(noFilters)).toString()).toBe('');
    expect(filterCount(noFilters)).toBe(0);
    expect(filterCount(filled)).toBe(7);
  });

  it('write only what changes', () => {
    expect(writeRunFilters({ text: '' })).toEqual({ text: null });
    expect(writeRunFilters({ tag: ['a'] })).toEqual({ tag: 'a' });
  });

  it('drop what the server would refuse', () => {
    const search = new URLSearchParams(
      'outcome=exploded&detector=../etc&number=1.5&after=yesterday&sort=colour',
    );
    expect(readRunFilters(search)).toEqual(noFilters);
  });

  it('become a question that the contract accepts', () => {
    const asked = endpoints.runs.list.query.parse(runsQuery(filled));
    expect(asked).toMatchObject({ startedAfter: '2026-03-01T12:00:00Z', running: true, number: 12 });
  });
});
