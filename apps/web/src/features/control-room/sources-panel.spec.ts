import { describe, expect, it } from 'vitest';
import { channelWords } from './sources-panel';

describe('channelWords', () => {
  it('names neighbours as ranges', () => {
    expect(channelWords([3, 0, 1, 2, 7])).toBe('0–3, 7');
    expect(channelWords([5])).toBe('5');
    expect(channelWords([])).toBe('');
  });
});
