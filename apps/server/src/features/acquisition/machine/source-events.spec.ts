import { describe, expect, it } from 'vitest';
import { eventsOfRows } from './source-events.js';

describe('eventsOfRows', () => {
  it('counts an event of several channels once, and each row where rows are events', () => {
    expect(eventsOfRows(12n, { events: 5n, recorded: 10n })).toBe(6n);
    expect(eventsOfRows(12n, { recorded: 10n })).toBe(12n);
    expect(eventsOfRows(3n, undefined)).toBe(3n);
    expect(eventsOfRows(0n, { events: 0n, recorded: 0n })).toBe(0n);
  });
});
