import { describe, expect, it } from 'vitest';
import { fadedPart } from './phosphor';

describe('afterglow', () => {
  it('fades by its time constant, or never', () => {
    expect(fadedPart(1, 1)).toBeCloseTo(1 - 1 / Math.E, 12);
    expect(fadedPart(0.1, Number.POSITIVE_INFINITY)).toBe(0);
    expect(fadedPart(0.1, 0)).toBe(0);
  });
});
