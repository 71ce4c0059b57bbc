import type { RunState } from '@countroom/contracts';

/** What is done to get from one state to another. */
export type TransitionStep = 'prepare' | 'begin' | 'end' | 'release';

/** Decision about a pair of states. */
export type TransitionDecision =
  | { readonly kind: 'step'; readonly step: TransitionStep; readonly reason: string }
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

const stay: TransitionDecision = { kind: 'none', reason: 'Nothing changes.' };

const table: Record<RunState, Record<RunState, TransitionDecision>> = {
  STOP: {
    STOP: stay,
    READY: { kind: 'step', step: 'prepare', reason: 'Every source is prepared and confirms READY.' },
    RUN: {
      kind: 'refused',
      reason: 'Data would have no place to go: the way from STOP to RUN leads through READY.',
    },
  },
  READY: {
    STOP: { kind: 'step', step: 'release', reason: 'What was prepared is released; no run was begun.' },
    READY: stay,
    RUN: { kind: 'step', step: 'begin', reason: 'All sources are READY; the run begins.' },
  },
  RUN: {
    STOP: { kind: 'step', step: 'end', reason: 'Sources are drained, then the run is closed.' },
    READY: {
      kind: 'refused',
      reason: 'A run ends in STOP, where its data are closed; prepare anew for the next one.',
    },
    RUN: stay,
  },
};

/** Decides a pair of states: which single step leads from one to the other, or why none does. Total over all nine pairs. */
export function decideTransition(from: RunState, to: RunState): TransitionDecision {
  return table[from][to];
}
