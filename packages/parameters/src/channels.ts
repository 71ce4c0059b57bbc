import { isTree, mergeTrees, type ParameterTree } from './tree.js';

/** True when a key stands for several channels: it holds `*`, `?` or `[`. */
export function isPattern(key: string): boolean {
  return /[*?[]/.test(key);
}

/** Whether a channel fits a key: itself, or a pattern with `*`, `?` and `[a-c]` as in a shell. */
export function fitsChannel(channel: string, key: string): boolean {
  return isPattern(key) ? (patternOf(key)?.test(channel) ?? false) : channel === key;
}

/** What is wrong with the name of a channel or a pattern; undefined for one that channels can fit. */
export function channelFault(key: string): string | undefined {
  if (key === '') return 'name a channel, or * for every one';
  if (isPattern(key) && patternOf(key) === undefined)
    return 'is no pattern: close what begins with [, such as in ch[0-3]';
  return undefined;
}

function patternOf(key: string): RegExp | undefined {
  const source = key
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
    .replaceAll('[!', '[^');
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    return undefined;
  }
}

/** How much of a channel's name a key spells out; the more, the more it counts. */
function precision(key: string): number {
  return isPattern(key) ? key.replace(/\[[^\]]*\]|[*?]/g, '').length : Number.MAX_SAFE_INTEGER;
}

/**
 * Values of one channel: those of every pattern that fits, the one that spells out more of the name above the one that
 * spells out less (of equals the later in the alphabet), and above all the channel's own.
 * @param content channel or pattern → tree of values
 */
export function valuesOfChannel(content: ParameterTree, channel: string): ParameterTree {
  const keys = Object.keys(content)
    .filter((key) => fitsChannel(channel, key))
    .sort((a, b) => precision(a) - precision(b) || (a < b ? -1 : 1));
  return keys.reduce<ParameterTree>((merged, key) => {
    const values = content[key];
    return isTree(values) ? mergeTrees(merged, values) : merged;
  }, {});
}

/**
 * Values for every detector and a detector's own in one: for each channel that either of them names the own ones count,
 * also where they are meant for a pattern and the others for the channel itself.
 */
export function overlay(shared: ParameterTree, own: ParameterTree): ParameterTree {
  const named = Object.keys(shared).filter((key) => !isPattern(key));
  const lifted = Object.fromEntries(named.map((channel) => [channel, valuesOfChannel(own, channel)]));
  return mergeTrees(mergeTrees(shared, own), lifted);
}
