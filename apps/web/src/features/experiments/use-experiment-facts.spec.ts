import { describe, expect, it } from 'vitest';
import { isSince } from './use-experiment-facts';

describe('a run that counts for an experiment', () => {
  it('began after the experiment was begun again', () => {
    const begunAt = '2026-11-22T01:10:00.000Z';
    expect(isSince('2026-11-22T01:10:00.001Z', begunAt)).toBe(true);
    expect(isSince('2026-11-22T01:09:59.999Z', begunAt)).toBe(false);
    expect(isSince(null, begunAt)).toBe(false);
    expect(isSince('2026-11-01T00:00:00.000Z', undefined)).toBe(true);
  });
});
