import { describe, expect, it } from 'vitest';
import { cutOf } from './histogram-pick';

describe('a stretch of a histogram', () => {
  it('is a cut that holds its lower end', () => {
    expect(cutOf('energy', [1200, 1300.123456789])).toBe('(energy >= 1200) & (energy < 1300.12)');
    expect(cutOf('waveform__dt', [-1e-7, 2])).toBe('(waveform__dt >= -1e-7) & (waveform__dt < 2)');
  });
});
