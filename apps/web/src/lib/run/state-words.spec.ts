import { runPhase, runState } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { aStatus } from '../../testing/fixtures';
import { elapsedSeconds, goalWord, healthWord, stateWord } from './state-words';

describe('stateWord', () => {
  it('has a word and a mark for every state and phase', () => {
    for (const state of runState.options) {
      for (const phase of runPhase.options) expect(stateWord(state, phase).word).not.toBe('');
    }
  });

  it('says what is going on', () => {
    expect(stateWord('RUN', 'taking')).toEqual({ mark: 'running', word: 'Running' });
    expect(stateWord('RUN', 'paused')).toEqual({ mark: 'paused', word: 'Paused' });
    expect(stateWord('STOP', 'preparing')).toEqual({ mark: 'stopped', word: 'Stopped, preparing' });
  });
});

describe('other words', () => {
  it('tell healths apart by mark', () => {
    const marks = (['ok', 'degraded', 'fault', 'unreachable'] as const).map(
      (health) => healthWord(health).mark,
    );
    expect(new Set(marks).size).toBe(4);
  });

  it('tell a paused goal from a running one', () => {
    const goal = { by: null, since: null, version: 1, state: 'RUN' as const };
    expect(goalWord({ ...goal, paused: true })).toBe('paused run');
    expect(goalWord({ ...goal, paused: false })).toBe('running');
  });
});

describe('elapsedSeconds', () => {
  const run = {
    id: '33333333-3333-4333-8333-333333333333',
    number: 1,
    startedAt: '2026-03-01T12:00:00.000Z',
    limits: {},
    mode: 'x',
  };

  it('counts from the begin of the run', () => {
    expect(elapsedSeconds(aStatus({ state: 'RUN', run }), Date.parse('2026-03-01T12:01:00Z'))).toBe(60);
  });

  it('is not there outside a run', () => {
    expect(elapsedSeconds(aStatus({ state: 'READY', run }), Date.now())).toBeNull();
    expect(elapsedSeconds(aStatus({ state: 'RUN' }), Date.now())).toBeNull();
  });
});
