import { describe, expect, it } from 'vitest';
import { frontTrace } from './scope-option';

describe('the channel in front', () => {
  const [a, b] = [{ curve: { key: 'scope/0' } }, { curve: { key: 'scope/1', triggerLevel: 0 } }];
  it('is the one asked for, else that which triggers', () => {
    expect(frontTrace([a, b], 'scope/0')).toBe(a);
    expect(frontTrace([a, b], '')).toBe(b);
    expect(frontTrace([a, b], 'scope/9')).toBe(b);
  });
  it('is the first where none triggers, and none without channels', () => {
    expect(frontTrace([a, { curve: { key: 'scope/1', triggerLevel: null } }], '')).toBe(a);
    expect(frontTrace<typeof b>([], '')).toBeUndefined();
  });
});
