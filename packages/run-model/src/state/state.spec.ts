import { type RunCommandName, runCommandName, runPhase, runState } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { decideCommand, isPosition } from './commands.js';
import { type Goal, goalOf, idleGoal, type Position, planStep } from './goal.js';
import { decideTransition } from './transitions.js';

const states = runState.options;
const phases = runPhase.options;
const everywhere: Position[] = states.flatMap((state) => phases.map((phase) => ({ state, phase })));
const occurring = everywhere.filter(({ state, phase }) => isPosition(state, phase));

const allowedHere: Record<string, readonly RunCommandName[]> = {
  'STOP/idle': ['start', 'prepare'],
  'STOP/preparing': ['end', 'abort'],
  'READY/idle': ['start', 'begin', 'end', 'abort'],
  'READY/starting': ['end', 'abort'],
  'READY/closing': [],
  'RUN/taking': ['pause', 'end', 'abort'],
  'RUN/paused': ['resume', 'end', 'abort'],
  'RUN/draining': [],
  'RUN/closing': [],
};

describe('positions', () => {
  it('are exactly the nine that a detector can be in', () => {
    expect(occurring.map(({ state, phase }) => `${state}/${phase}`).sort()).toEqual(
      Object.keys(allowedHere).sort(),
    );
  });
});

describe('decideCommand', () => {
  for (const { state, phase } of everywhere) {
    for (const command of runCommandName.options) {
      const expected = allowedHere[`${state}/${phase}`]?.includes(command) ?? false;
      it(`${expected ? 'allows' : 'refuses'} ${command} in ${state}/${phase}, with a reason`, () => {
        const decision = decideCommand(command, state, phase);
        expect(decision.allowed).toBe(expected);
        expect(decision.reason).toMatch(/\.$/);
      });
    }
  }

  it('takes back what was asked for and has not begun', () => {
    for (const command of ['end', 'abort'] as const) {
      expect(decideCommand(command, 'STOP', 'idle', 'RUN')).toMatchObject({ allowed: true });
      expect(decideCommand(command, 'STOP', 'idle', 'STOP')).toMatchObject({ allowed: false });
    }
    expect(decideCommand('pause', 'STOP', 'idle', 'RUN').allowed).toBe(false);
  });

  it('says of pairs that cannot be that they cannot be', () => {
    expect(decideCommand('start', 'STOP', 'taking').reason).toMatch(/cannot be/);
  });
});

describe('decideTransition', () => {
  const expected = {
    STOP: { STOP: 'none', READY: 'prepare', RUN: 'refused' },
    READY: { STOP: 'release', READY: 'none', RUN: 'begin' },
    RUN: { STOP: 'end', READY: 'refused', RUN: 'none' },
  } as const;
  for (const from of states) {
    for (const to of states) {
      it(`decides ${from} to ${to}`, () => {
        const decision = decideTransition(from, to);
        expect(decision.kind === 'step' ? decision.step : decision.kind).toBe(expected[from][to]);
        expect(decision.reason).toMatch(/\.$/);
      });
    }
  }
});

describe('planStep', () => {
  const goals: Goal[] = states.flatMap((state) => [
    { state, paused: false },
    { state, paused: true },
  ]);
  const next: Partial<Record<string, Position>> = {
    prepare: { state: 'READY', phase: 'idle' },
    begin: { state: 'RUN', phase: 'taking' },
    pause: { state: 'RUN', phase: 'paused' },
    resume: { state: 'RUN', phase: 'taking' },
    end: { state: 'STOP', phase: 'idle' },
    release: { state: 'STOP', phase: 'idle' },
  };

  it('comes from every settled position to every goal in at most four steps, by legal transitions', () => {
    for (const goal of goals) {
      for (const start of occurring) {
        let actual = start;
        const steps: string[] = [];
        for (;;) {
          const step = planStep(goal, actual);
          if (step === 'none') break;
          if (step === 'wait') {
            expect(['preparing', 'starting', 'draining', 'closing']).toContain(actual.phase);
            break;
          }
          const to = next[step]!;
          expect(decideTransition(actual.state, to.state).kind).not.toBe('refused');
          steps.push(step);
          actual = to;
          expect(steps.length).toBeLessThanOrEqual(4);
        }
        if (steps.length > 0 || planStep(goal, start) === 'none') {
          expect(actual.state).toBe(goal.state);
          if (goal.state === 'RUN') expect(actual.phase === 'paused').toBe(goal.paused);
        }
      }
    }
  });

  it('ends a run before it prepares again', () => {
    expect(planStep({ state: 'READY', paused: false }, { state: 'RUN', phase: 'taking' })).toBe('end');
  });
});

describe('goalOf', () => {
  it('sets what each command asks for', () => {
    const taking: Goal = { state: 'RUN', paused: false };
    expect(goalOf('prepare', idleGoal)).toEqual({ state: 'READY', paused: false });
    expect(goalOf('start', idleGoal)).toEqual(taking);
    expect(goalOf('begin', idleGoal)).toEqual(taking);
    expect(goalOf('pause', taking)).toEqual({ state: 'RUN', paused: true });
    expect(goalOf('pause', idleGoal)).toEqual(idleGoal);
    expect(goalOf('resume', { state: 'RUN', paused: true })).toEqual(taking);
    expect(goalOf('end', taking)).toEqual(idleGoal);
    expect(goalOf('abort', taking)).toEqual(idleGoal);
  });
});
