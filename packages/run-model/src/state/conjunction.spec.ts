import { runState } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { conjunction, type SourcePosition } from './conjunction.js';

const source = (changes: Partial<SourcePosition>): SourcePosition => ({
  name: 'a',
  state: 'READY',
  phase: 'idle',
  health: 'ok',
  message: '',
  ...changes,
});

describe('conjunction', () => {
  it('is the least state for every pair of states', () => {
    const order = ['STOP', 'READY', 'RUN'];
    for (const first of runState.options) {
      for (const second of runState.options) {
        const both = conjunction([source({ state: first }), source({ name: 'b', state: second })]);
        expect(order.indexOf(both.state)).toBe(Math.min(order.indexOf(first), order.indexOf(second)));
        expect(both.behind.length).toBe(first === second ? 0 : 1);
      }
    }
  });

  it('has the worst health and says whose it is', () => {
    const both = conjunction([
      source({ health: 'degraded', message: 'buffer full' }),
      source({ name: 'b', health: 'fault', message: 'no answer' }),
    ]);
    expect(both.health).toBe('fault');
    expect(both.message).toBe('a: buffer full; b: no answer');
  });

  it('of nothing is STOP', () => {
    expect(conjunction([])).toEqual({ state: 'STOP', health: 'ok', message: '', behind: [] });
  });
});
