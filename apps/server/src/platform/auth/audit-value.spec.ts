import { describe, expect, it } from 'vitest';
import { plainWithoutSecrets } from './audit-value.js';

describe('plainWithoutSecrets', () => {
  it('replaces secrets at any depth and keeps 64-bit integers', () => {
    expect(plainWithoutSecrets({ user: { password: 'a', name: 'b' }, token: 'c', rows: 2n ** 60n })).toEqual({
      user: { password: '***', name: 'b' },
      token: '***',
      rows: '1152921504606846976',
    });
    expect(plainWithoutSecrets(undefined)).toBeNull();
  });

  it('cuts what is too large to keep', () => {
    expect(plainWithoutSecrets('x'.repeat(100_000))).toMatchObject({ cut: true, bytes: 100_002 });
  });
});
