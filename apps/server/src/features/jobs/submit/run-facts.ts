import type { JsonValue } from '@countroom/contracts';
import { type SkimOptions, skimNeeds } from '@countroom/stages';
import type { QueryFacts } from '../store/run-facts.js';
import type { RequestedStage } from './plan-run.js';

/** Facts of the run that a request names by `run.…`, so that they are part of it and of its lineage; else undefined. */
export function factsNeeded({ stage, config }: RequestedStage): readonly string[] {
  return stage.name === 'skim' ? skimNeeds(config as SkimOptions, true).facts : [];
}

/** The request with these facts among its options; values of the request itself lie over them. */
export function withFacts(request: RequestedStage, facts: QueryFacts): RequestedStage {
  const options = request.config as Record<string, JsonValue>;
  const given = options['facts'] as QueryFacts;
  return { ...request, config: { ...options, facts: { ...factsFor(request, facts), ...given } } };
}

/** Those of the facts of a run that a request names. */
export function factsFor(request: RequestedStage, facts: QueryFacts): QueryFacts {
  const needed = factsNeeded(request);
  return Object.fromEntries(Object.entries(facts).filter(([name]) => needed.includes(name)));
}
