import type { JsonValue } from '@countroom/contracts';
import { isTree, overlay, type ParameterTree, pickPaths, referencesIn } from '@countroom/parameters';
import { portsOf } from '@countroom/pipeline';
import { withChannelMap } from './channel-map.js';
import type { RequestedStage } from './plan-run.js';

/** Which sets of parameters a stage's `db.…` is looked up in, the values of later ones over those of earlier ones. */
const setsOfStage: Readonly<Record<string, readonly string[]>> = {
  raw_to_dsp: ['dsp'],
  optimise_dsp: ['dsp'],
  dsp_to_hit: ['hit'],
  hit_to_evt: ['hit', 'evt'],
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

/** The values of a set that hold for the run of a request, or at another moment (ms since 1970, UTC). */
export type HeldValues = (set: string, at?: number) => Promise<ParameterTree>;

/** The sets of parameters that a request reads, the lower first; none when it refers to none. */
export function parameterSetsOf({ stage, config }: RequestedStage): readonly string[] {
  return referencesOf(config).length === 0 ? [] : (setsOfStage[stage.name] ?? []);
}

/** The request with all that holds for a run: the values that it refers to, and facts of the channel map. */
export async function withHeldValues(request: RequestedStage, held: HeldValues): Promise<RequestedStage> {
  const trees = await Promise.all(parameterSetsOf(request).map((set) => held(set)));
  const filled = trees.length === 0 ? request : withParameters(request, trees.reduce(overlay));
  return withChannelMap(filled, held);
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
  const sets = parameterSetsOf(request);
  const needs = (one: RequestedStage, seen: ReadonlySet<string>): boolean =>
    portsOf(one.stage, one.config)
      .filter((port) => one.chosen?.has(port) !== true && !seen.has(port))
      .some((port) => {
        const maker = requests.find(({ stage }) => stage.provides === port);
        return maker === request || (maker !== undefined && needs(maker, new Set([...seen, port])));
      });
  return requests
    .filter((one) => one !== request && finds(one, sets) && !needs(one, new Set()))
    .map(({ stage }) => stage.provides);
}

function finds({ stage }: RequestedStage, sets: readonly string[]): boolean {
  const found = setFoundBy[stage.name];
  return found !== undefined && sets.includes(found);
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
