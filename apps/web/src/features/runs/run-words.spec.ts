import { zeroCounters } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { countedUntil, countersKnown, recordedEvents } from './run-words';

describe('counters of a run', () => {
  it('are not known of a recording, whose events are what decoding counted', () => {
    expect(countersKnown({ origin: 'imported' })).toBe(false);
    const imported = { origin: 'imported', counters: zeroCounters } as const;
    expect(recordedEvents({ ...imported, recorded: null })).toBeNull();
    expect(recordedEvents({ ...imported, recorded: '7' })).toBe('7');
  });

  it('are known of a run that recorded nothing, and while it goes on', () => {
    expect(countersKnown({ origin: 'live' })).toBe(true);
    const counters = { ...zeroCounters, recorded: '3' };
    expect(recordedEvents({ origin: 'live', counters, recorded: '0' })).toBe('3');
  });
});

it('a run that was cut off says until when its times are counted', () => {
  expect(countedUntil({ countedUntilNs: '1700000000123456789' })).toBe('2023-11-14T22:13:20.123Z');
  expect(countedUntil({})).toBeNull();
});
