import type { Health, RunPhase, RunState } from '@countroom/contracts';

/** One source as far as the whole detector is concerned. */
export interface SourcePosition {
  readonly name: string;
  readonly state: RunState;
  readonly phase: RunPhase;
  readonly health: Health;
  /** Why health is not ok; may be empty. */
  readonly message: string;
}

/** The detector as the conjunction of its sources. */
export interface Conjunction {
  readonly state: RunState;
  readonly health: Health;
  /** Sources that are not ok, each with its message; empty when all are. */
  readonly message: string;
  /** Names of sources behind the others. */
  readonly behind: readonly string[];
}

const rank: Record<RunState, number> = { STOP: 0, READY: 1, RUN: 2 };
const badness: Record<Health, number> = { ok: 0, degraded: 1, unreachable: 2, fault: 3 };

/**
 * READY and RUN hold for a detector only when they hold for every source: the state is the least of the sources',
 * the health the worst. No sources give STOP and ok.
 */
export function conjunction(sources: readonly SourcePosition[]): Conjunction {
  let state: RunState | undefined;
  let health: Health = 'ok';
  const messages: string[] = [];
  for (const source of sources) {
    if (state === undefined || rank[source.state] < rank[state]) state = source.state;
    if (badness[source.health] > badness[health]) health = source.health;
    if (source.health !== 'ok') messages.push(`${source.name}: ${source.message || source.health}`);
  }
  const least = state ?? 'STOP';
  const furthest = Math.max(0, ...sources.map((source) => rank[source.state]));
  const behind = sources.filter((source) => rank[source.state] < furthest).map((source) => source.name);
  return { state: least, health, message: messages.join('; '), behind };
}
