import { zeroCounters } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { countersKnown } from './run-words';

describe('counters of a run', () => {
  it('are not known of a recording that nobody has counted', () => {
    expect(countersKnown({ origin: 'imported', counters: zeroCounters })).toBe(false);
    expect(countersKnown({ origin: 'imported', counters: { ...zeroCounters, recorded: '7' } })).toBe(true);
  });

  it('are known of a run that recorded nothing', () => {
    expect(countersKnown({ origin: 'live', counters: zeroCounters })).toBe(true);
  });
});
