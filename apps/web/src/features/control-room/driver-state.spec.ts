import { describe, expect, it } from 'vitest';
import { driverState } from './driver-state';

describe('driverState', () => {
  it.each([
    ['STOP', 'idle', 'ok', 'idle'],
    ['STOP', 'idle', 'fault', 'fault'],
    ['READY', 'idle', 'ok', 'prepared'],
    ['RUN', 'taking', 'degraded', 'taking'],
    ['RUN', 'paused', 'ok', 'paused'],
    ['RUN', 'draining', 'ok', 'draining'],
  ] as const)('of %s, %s, %s is %s', (state, phase, health, word) => {
    expect(driverState({ state, phase, health })).toBe(word);
  });
});
