import { describe, expect, it } from 'vitest';
import { pairsOf, pairsText, windowOf, windowText } from './step-text';

describe('steps in a line', () => {
  it('are windows', () => {
    expect(windowOf('waveform 1000 -10  short')).toEqual(['waveform', 1000, -10, 'short']);
    expect(windowOf('waveform, 1e3')).toEqual(['waveform', '1e3']);
    expect(windowOf(' ')).toBeUndefined();
    expect(windowText(['waveform', 0, 10, 'w'])).toBe('waveform 0 10 w');
    expect(windowText(undefined)).toBe('');
  });

  it('are pairs', () => {
    const text = 'waveform/values: Codec(a=1, b=2), x: float32';
    expect(pairsOf(text)).toEqual({ 'waveform/values': 'Codec(a=1, b=2)', x: 'float32' });
    expect(pairsText(pairsOf(text))).toBe(text);
    expect(pairsOf('x')).toEqual({ x: '' });
    expect(pairsOf('')).toBeUndefined();
  });
});
