import { describe, expect, it } from 'vitest';
import { nextPath } from './next-path';
import { setupToken } from './setup-token';

describe('nextPath', () => {
  it('goes back to where one was', () => {
    expect(nextPath('/runs/demo/3?tab=log')).toBe('/runs/demo/3?tab=log');
  });

  it.each([null, '', 'https://elsewhere', '//elsewhere', '/\\elsewhere', 'javascript:alert(1)'])(
    'never leads elsewhere: %s',
    (asked) => {
      expect(nextPath(asked)).toBe('/control-room');
    },
  );
});

describe('setupToken', () => {
  it('is read from the fragment', () => {
    expect(setupToken('#token=abc%2Bdef')).toBe('abc+def');
    expect(setupToken('#abcdef')).toBe('abcdef');
    expect(setupToken('')).toBe('');
    expect(setupToken('#other=1')).toBe('');
  });
});
