import { describe, expect, it } from 'vitest';
import { callsOf, changeable, undoCalls } from './bulk-change';

const runs = [
  { id: 'a', tags: ['old'], quality: 'unset' as const, comment: '' },
  { id: 'b', tags: ['old', 'new'], quality: 'good' as const, comment: 'kept' },
  { id: 'c', tags: [], quality: 'unset' as const, comment: '' },
];

describe('undoing a change of many runs', () => {
  it('takes a tag only from those that did not have it', () => {
    expect(undoCalls(runs, { addTags: ['new'] })).toEqual([
      { ids: ['a', 'c'], change: { removeTags: ['new'] } },
    ]);
  });

  it('gives a tag back only to those that had it', () => {
    expect(undoCalls(runs, { removeTags: ['old'] })).toEqual([
      { ids: ['a', 'b'], change: { addTags: ['old'] } },
    ]);
  });

  it('brings back each quality and comment, alike runs together', () => {
    // Only where that is still what stands there.
    const expected = { quality: 'bad', comment: 'same' };
    expect(undoCalls(runs, { quality: 'bad', comment: 'same' })).toEqual([
      { ids: ['a', 'c'], change: { quality: 'unset', comment: '', expected } },
      { ids: ['b'], change: { quality: 'good', comment: 'kept', expected } },
    ]);
  });

  it('asks for nothing when nothing changed', () => {
    expect(undoCalls([runs[1]!], { addTags: ['new'], quality: 'good' })).toEqual([]);
  });
});

describe('calls of a change', () => {
  it('hold no more runs than the server takes at once', () => {
    const ids = Array.from({ length: 2001 }, (_, index) => String(index));
    const calls = callsOf(ids, { quality: 'good' });
    expect(calls.map((call) => call.ids.length)).toEqual([1000, 1000, 1]);
    expect(calls.flatMap((call) => call.ids)).toEqual(ids);
  });
});

describe('runs that may be changed together', () => {
  it('are those of detectors that one may change; the others have a reason, once', () => {
    const mixed = [{ detector: 'demo' }, { detector: 'lab' }, { detector: 'lab' }];
    const answer = changeable(mixed, (detector) => ({
      allowed: detector === 'demo',
      reason: `Needs the role shifter for ${detector}.`,
    }));
    expect(answer).toEqual({ allowed: [{ detector: 'demo' }], reasons: ['Needs the role shifter for lab.'] });
  });
});
