import type { JsonValue } from '@countroom/contracts';
import { isTree, overlay, type ParameterTree, pickPaths, referencesIn } from '@countroom/parameters';
import { portsOf } from '@countroom/pipeline';
import type { RequestedStage } from './plan-run.js';

/** Which set of parameters a stage's `db.…` is looked up in. */
const setOfStage: Readonly<Record<string, string>> = {
  raw_to_dsp: 'dsp',
  optimise_dsp: 'dsp',
  dsp_to_hit: 'hit',
};

/** Which set the values that a stage finds belong to. */
const setFoundBy: Readonly<Record<string, string>> = {
  calibrate: 'hit',
  find_cuts: 'hit',
  optimise_dsp: 'dsp',
  find_decay_constant: 'dsp',
  find_filter: 'dsp',
  correct_trapping: 'hit',
};

/** The set of parameters that a request reads; undefined when it refers to none. */
export function parameterSetOf({ stage, config }: RequestedStage): string | undefined {
  return referencesOf(config).length === 0 ? undefined : setOfStage[stage.name];
}

/**
 * The request with the values that hold for a run among its options, and so in its lineage: only those that it refers to,
 * so that a change of others touches nothing. Values of the request itself lie over them.
 */
export function withParameters(request: RequestedStage, held: ParameterTree): RequestedStage {
  const references = referencesOf(request.config);
  const used = Object.entries(held)
    .map(([channel, values]) => [channel, pickPaths(isTree(values) ? values : {}, references)] as const)
    .filter(([, values]) => Object.keys(values).length > 0);
  const given = databaseOf(request.config);
  const database = overlay(Object.fromEntries(used), given);
  return { ...request, config: { ...optionsOf(request.config), database } };
}

/**
 * Data kinds of the requested stages that find values which a request refers to; not of those that read, by whatever
 * detour, what the request itself makes.
 */
export function sourcesOf(request: RequestedStage, requests: readonly RequestedStage[]): string[] {
  const set = parameterSetOf(request);
  if (set === undefined) return [];
  const needs = (one: RequestedStage, seen: ReadonlySet<string>): boolean =>
    portsOf(one.stage, one.config)
      .filter((port) => one.chosen?.has(port) !== true && !seen.has(port))
      .some((port) => {
        const maker = requests.find(({ stage }) => stage.provides === port);
        return maker === request || (maker !== undefined && needs(maker, new Set([...seen, port])));
      });
  return requests
    .filter((one) => one !== request && setFoundBy[one.stage.name] === set && !needs(one, new Set()))
    .map(({ stage }) => stage.provides);
}

/** Options with values that analyses found, by channel, over all others. */
export function withFoundValues(config: JsonValue, found: readonly ParameterTree[]): JsonValue {
  const database = found.reduce((under, over) => overlay(under, over), databaseOf(config));
  return { ...optionsOf(config), database };
}

function referencesOf(config: JsonValue): string[] {
  return referencesIn(Object.entries(optionsOf(config)).filter(([name]) => name !== 'database'));
}

function databaseOf(config: JsonValue): ParameterTree {
  const { database } = optionsOf(config);
  return isTree(database) ? database : {};
}

function optionsOf(config: JsonValue): ParameterTree {
  return isTree(config) ? config : {};
}
