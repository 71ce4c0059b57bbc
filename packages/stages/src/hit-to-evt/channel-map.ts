import { chooseChannels, type KnownChannel, prepareChannels } from '@countroom/events';
import { isTree, leavesOf, mergeTrees, type ParameterTree, pickPaths } from '@countroom/parameters';
import { StageError } from '@countroom/pipeline';
import type { HitToEvtOptions } from './evt-options.js';
import { keyIn } from './tier-tables.js';

const stage = 'hit_to_evt';
const keyPath = 'daq.rawid';

type List = HitToEvtOptions['config']['channels'][string];
type Described = Exclude<List, string | readonly string[]>;

/** What a configuration needs of the channel map, so that nothing else becomes part of its result's lineage. */
export interface ChannelMapNeeds {
  /** Paths of facts. */
  readonly facts: readonly string[];
  /** For which moment, as it is written; undefined: the beginning of the run. */
  readonly at: string | undefined;
}

/**
 * What a configuration needs of the channel map; undefined when it names all channels itself.
 * Throws a StageError for lists of several moments, of which a result cannot be made.
 */
export function channelMapNeeds({ config }: Pick<HitToEvtOptions, 'config'>): ChannelMapNeeds | undefined {
  const lists = Object.entries(config.channels).flatMap(([name, list]) =>
    isDescribed(list) ? [[name, list] as const] : [],
  );
  const named = Object.keys(config.channel_mapping).length > 0;
  const names = Object.values(config.operations).some(
    ({ aggregation_mode: mode, expression = '' }) =>
      mode === 'function' && expression.includes('convert_rawid') && !named,
  );
  if (lists.length === 0 && !names) return undefined;
  const moments = new Set(lists.flatMap(([, { time_key: at }]) => (at === undefined ? [] : [at])));
  if (moments.size > 1)
    throw new StageError(
      stage,
      `config.channels: the lists are of several moments (time_key: ${[...moments].join(', ')}); give one for all`,
    );
  const facts = lists.flatMap(([name, list]) => prepared(name, list).facts);
  return { facts: [...new Set([keyPath, ...facts])], at: [...moments][0] };
}

/**
 * A channel map with statuses below `analysis`, reduced to what is needed of it.
 * @param channelmap detector → facts
 * @param status detector → facts such as `usability`
 */
export function channelMapFor(
  { facts }: ChannelMapNeeds,
  channelmap: ParameterTree,
  status: ParameterTree,
): ParameterTree {
  const known = Object.entries(channelmap).flatMap(([name, own]): [string, ParameterTree][] => {
    if (!isTree(own)) return [];
    const analysis = status[name];
    const all = isTree(analysis) ? mergeTrees(own, { analysis }) : own;
    const picked = pickPaths(all, facts);
    return Object.keys(picked).length === 0 ? [] : [[name, picked]];
  });
  return Object.fromEntries(known);
}

/** The channels of a channel map that have a table: `daq.rawid`, or a name such as ch1084803, says which. */
export function knownChannels(metadata: ParameterTree): KnownChannel[] {
  return Object.entries(metadata).flatMap(([name, own]) => {
    const leaves = isTree(own) ? leavesOf(own) : [];
    const facts = leaves.flatMap(({ path, value }): [string, string | number | boolean][] =>
      typeof value === 'object' ? [] : [[path.join('.'), value]],
    );
    const key = new Map(facts).get(keyPath) ?? keyIn(name, 'ch{}');
    return typeof key === 'number' && Number.isInteger(key) ? [{ name, key, facts: new Map(facts) }] : [];
  });
}

/** Table keys of a channel list. Throws a StageError with the place for names that are no table, and what does not fit. */
export function keysOfList(name: string, list: List, metadata: ParameterTree | undefined): number[] {
  if (isDescribed(list)) {
    if (metadata === undefined || Object.keys(metadata).length === 0)
      throw new StageError(
        stage,
        `config.channels.${name}: there is no channel map: approve one in the parameter set channelmap, or give it under metadata`,
      );
    const wanted = prepared(name, list);
    return at(name, () => chooseChannels(wanted, knownChannels(metadata)));
  }
  return (typeof list === 'string' ? [list] : list).map((table) => {
    const key = tableKey(table);
    if (key === undefined)
      throw new StageError(stage, `config.channels.${name}: ${table} is no table like ch1084803`);
    return key;
  });
}

/** Which tables that lists name are nowhere: they take part in no event, and their names may be slips of the pen. */
export function absentChannels(
  { config }: Pick<HitToEvtOptions, 'config'>,
  keys: ReadonlySet<number>,
): string[] {
  return Object.entries(config.channels).flatMap(([name, list]) => {
    if (isDescribed(list)) return [];
    const absent = (typeof list === 'string' ? [list] : list).filter((table) => {
      const key = tableKey(table);
      return key !== undefined && !keys.has(key);
    });
    if (absent.length === 0) return [];
    const more = absent.length > 5 ? ` and ${absent.length - 5} more` : '';
    return [
      `config.channels.${name}: there is no hit and no table of ${absent.slice(0, 5).join(', ')}${more}`,
    ];
  });
}

/** Names of detectors by table key: those of the configuration over those of the channel map; undefined without any. */
export function detectorNames({
  config,
  metadata = {},
}: Pick<HitToEvtOptions, 'config' | 'metadata'>): ReadonlyMap<number, string> | undefined {
  const names = new Map(knownChannels(metadata).map(({ name, key }) => [key, name]));
  for (const [table, name] of Object.entries(config.channel_mapping)) {
    const key = tableKey(table);
    if (key === undefined)
      throw new StageError(stage, `config.channel_mapping: ${table} is no table like ch1084803`);
    names.set(key, name);
  }
  return names.size === 0 ? undefined : names;
}

/** Key of a table that is named as `ch1084803` or `1084803`. */
export function tableKey(name: string): number | undefined {
  return keyIn(name, 'ch{}') ?? keyIn(name, '{}');
}

function isDescribed(list: List): list is Described {
  return typeof list === 'object' && !Array.isArray(list);
}

function prepared(name: string, list: Described): ReturnType<typeof prepareChannels> {
  return at(name, () => prepareChannels(list));
}

function at<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    throw new StageError(stage, `config.channels.${name}: ${text}`, [], cause);
  }
}
