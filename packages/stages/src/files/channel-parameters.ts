import { isTree, type ParameterTree, valuesOfChannel } from '@countroom/parameters';

const tiers = new Set(['raw', 'dsp', 'hit', 'evt']);

/** Name of a table's channel: the first part of its path that is no tier (`ch1/dsp` → `ch1`); undefined without one. */
export function channelOf(path: string): string | undefined {
  return path.split('/').find((part) => part !== '' && !tiers.has(part));
}

/**
 * Parameters of a table's channel out of those of all, which are kept by channel or pattern: those of the patterns that
 * fit, and its own above them; none when nothing is there for it, all when the path names no channel.
 */
export function parametersOf(database: Readonly<Record<string, unknown>>, path: string): ParameterTree {
  const tree = isTree(database) ? database : {};
  const channel = channelOf(path);
  return channel === undefined ? tree : valuesOfChannel(tree, channel);
}
