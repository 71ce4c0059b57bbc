import { AppError } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { isPassing, isSignedOut, shownError } from './errors';

describe('shownError', () => {
  it('keeps what the server said', () => {
    const error = new AppError('input.invalid', 'Two things are wrong.', {
      issues: [{ path: 'tags.0', message: 'too long' }],
    });
    expect(shownError(error)).toEqual({
      code: 'input.invalid',
      message: 'Two things are wrong.',
      issues: [{ path: 'tags.0', message: 'too long' }],
    });
  });

  it('says what to do about a fault of the page itself', () => {
    expect(shownError(new TypeError('x is undefined')).message).toContain('Reload');
    expect(shownError('odd').code).toBe('internal');
  });
});

describe('what to do about an error', () => {
  it('asks again only when that may help', () => {
    expect(isPassing(new AppError('server.unreachable', ''))).toBe(true);
    expect(isPassing(new AppError('not-found', ''))).toBe(false);
  });

  it('knows when the session has ended', () => {
    expect(isSignedOut(new AppError('auth.required', ''))).toBe(true);
    expect(isSignedOut(new AppError('auth.forbidden', ''))).toBe(false);
  });
});
