import { EventError } from '../errors.js';
import { checkFacts, type Facts, factQuery } from './fact-query.js';
import { legendMetadata } from './legend-metadata.js';

/** A channel as the channel map knows it. */
export interface KnownChannel {
  /** Name of the detector. */
  readonly name: string;
  /** Key of its table. */
  readonly key: number;
  /** Facts by path, such as `analysis.usability`. */
  readonly facts: Facts;
}

/** A list of channels made ready for its arguments. */
export interface PreparedChannelList {
  /** Paths of the facts that it looks at. */
  readonly facts: readonly string[];
  /** Whether a channel is in the list. */
  fits(channel: KnownChannel): boolean;
}

/** A function that a configuration can name in the place of a list of channels. */
export interface ChannelFunction {
  /** Its name in configurations, for example `legend.metadata`. */
  readonly name: string;
  /** What it gives, in one sentence. */
  readonly description: string;
  /** Checks the arguments; throws an EventError that names a wrong one. */
  prepare(args: Readonly<Record<string, unknown>>): PreparedChannelList;
}

/** The functions over channels of the product. */
export const channelFunctions: readonly ChannelFunction[] = [legendMetadata];

/** How a configuration describes a list that the channel map fills. */
export type DescribedChannels =
  | { readonly query: string }
  | { readonly module: string; readonly [argument: string]: unknown };

/**
 * Reads the description of a list: a query over facts, or a function with its arguments. `time_key`, which says for
 * which moment the channel map counts, is left to the caller.
 * Throws an EventError for unknown functions and what does not fit.
 */
export function prepareChannels(
  described: DescribedChannels,
  functions: readonly ChannelFunction[] = channelFunctions,
): PreparedChannelList {
  if (!('module' in described)) return factQuery(described.query);
  const { module, ...given } = described;
  const found = functions.find(({ name }) => module === name || module.endsWith(`.${name}`));
  if (found === undefined)
    throw new EventError(
      `module: there is no function ${module} that gives channels; there are ${functions.map(({ name }) => name).join(', ')}`,
    );
  return found.prepare(Object.fromEntries(Object.entries(given).filter(([name]) => name !== 'time_key')));
}

/**
 * Keys of the tables of the channels that fit, in the order of the detectors' names, each once.
 * Throws an EventError when no channel has a fact of that path, which is most often a slip of the pen.
 */
export function chooseChannels(list: PreparedChannelList, channels: readonly KnownChannel[]): number[] {
  checkFacts(list.facts, channels, 'channel');
  const byName = [...channels].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...new Set(byName.filter((channel) => list.fits(channel)).map(({ key }) => key))];
}
