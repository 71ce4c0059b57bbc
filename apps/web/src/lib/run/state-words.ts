import type { DetectorStatus, Health, RunPhase, RunState } from '@countroom/contracts';
import type { Mark } from '../ui/status-mark';

/** A state as a word and the mark that goes with it. */
export interface StateWord {
  readonly mark: Mark;
  readonly word: string;
}

const phaseWords: Readonly<Record<RunPhase, string>> = {
  idle: 'idle',
  preparing: 'preparing',
  starting: 'starting',
  taking: 'taking data',
  paused: 'paused',
  draining: 'draining',
  closing: 'closing',
};

/** What a phase is called. */
export function phaseWord(phase: RunPhase): string {
  return phaseWords[phase];
}

/** State and phase as one word: what is going on, if anything is. */
export function stateWord(state: RunState, phase: RunPhase): StateWord {
  if (phase === 'paused') return { mark: 'paused', word: 'Paused' };
  switch (state) {
    case 'RUN':
      return { mark: 'running', word: phase === 'taking' ? 'Running' : `Running, ${phaseWord(phase)}` };
    case 'READY':
      return { mark: 'ready', word: phase === 'idle' ? 'Ready' : `Ready, ${phaseWord(phase)}` };
    case 'STOP':
      return { mark: 'stopped', word: phase === 'idle' ? 'Stopped' : `Stopped, ${phaseWord(phase)}` };
  }
}

/** Health as a word with its mark. */
export function healthWord(health: Health): StateWord {
  switch (health) {
    case 'ok':
      return { mark: 'ok', word: 'OK' };
    case 'degraded':
      return { mark: 'warning', word: 'Degraded' };
    case 'fault':
      return { mark: 'alarm', word: 'Fault' };
    case 'unreachable':
      return { mark: 'unreachable', word: 'Unreachable' };
  }
}

/** The goal in words. */
export function goalWord(goal: DetectorStatus['goal']): string {
  if (goal.state === 'RUN') return goal.paused ? 'paused run' : 'running';
  return goal.state === 'READY' ? 'ready' : 'stopped';
}

/** Seconds since the run began, on the server's clock; null outside a run. */
export function elapsedSeconds(status: DetectorStatus, nowMs: number): number | null {
  const startedAt = status.run?.startedAt ?? null;
  if (startedAt === null || status.state !== 'RUN') return null;
  return Math.max(0, (nowMs - Date.parse(startedAt)) / 1000);
}
