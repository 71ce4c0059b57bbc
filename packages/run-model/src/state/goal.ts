import type { RunCommandName, RunPhase, RunState } from '@countroom/contracts';

/** What a detector is asked to be. `paused` means something in RUN only. */
export interface Goal {
  readonly state: RunState;
  readonly paused: boolean;
}

/** The goal of a detector that nobody has asked for anything. */
export const idleGoal: Goal = { state: 'STOP', paused: false };

/** The goal that a command sets, from the goal before it. */
export function goalOf(command: RunCommandName, before: Goal): Goal {
  switch (command) {
    case 'prepare':
      return { state: 'READY', paused: false };
    case 'start':
    case 'begin':
    case 'resume':
      return { state: 'RUN', paused: false };
    case 'pause':
      return { state: before.state, paused: before.state === 'RUN' };
    case 'end':
    case 'abort':
      return idleGoal;
  }
}

/** Next single step towards a goal. `wait`: something is under way that must finish first. */
export type PlanStep = 'none' | 'wait' | 'prepare' | 'begin' | 'pause' | 'resume' | 'end' | 'release';

/** Where a detector is. */
export interface Position {
  readonly state: RunState;
  readonly phase: RunPhase;
}

/** Decides what acquisition does next to come from where it is to the goal. Total over goals and positions. */
export function planStep(goal: Goal, actual: Position): PlanStep {
  if (!isSettled(actual.phase)) return 'wait';
  switch (actual.state) {
    case 'STOP':
      return goal.state === 'STOP' ? 'none' : 'prepare';
    case 'READY':
      if (goal.state === 'STOP') return 'release';
      return goal.state === 'RUN' ? 'begin' : 'none';
    case 'RUN':
      if (goal.state !== 'RUN') return 'end';
      if (goal.paused === (actual.phase === 'paused')) return 'none';
      return goal.paused ? 'pause' : 'resume';
  }
}

/** True when nothing is under way in a phase. */
export function isSettled(phase: RunPhase): boolean {
  return phase === 'idle' || phase === 'taking' || phase === 'paused';
}
