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
  const wanted = Object.entries(facts).filter(([name]) => factsNeeded(request).includes(name));
  return { ...request, config: { ...options, facts: { ...Object.fromEntries(wanted), ...given } } };
}
