import { describe, expect, it } from 'vitest';
import { readArguments } from './command-line.js';

describe('readArguments', () => {
  it('turns options into settings', () => {
    expect(readArguments(['--port', '9000', '--host=0.0.0.0', '--data', '/srv/data', '--detach'])).toEqual({
      settings: { COUNTROOM_PORT: '9000', COUNTROOM_HOST: '0.0.0.0', COUNTROOM_DATA: '/srv/data' },
      detach: true,
      foregroundLogs: false,
    });
  });

  it('takes a relative data folder from where the person stands', () => {
    expect(readArguments(['--data', 'x']).settings['COUNTROOM_DATA']).toBe(`${process.cwd()}/x`);
  });

  it('refuses what it does not know', () => {
    expect(() => readArguments(['--prot', '9000'])).toThrow(/--prot/);
  });
});
