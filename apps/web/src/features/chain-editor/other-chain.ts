import { fitsChannel } from '@countroom/parameters/values';
import type { Json } from '../../lib/form/schema-node';
import type { UrlCodec } from '../../lib/url/url-state';
import { isFields } from './chain-text';
import { chainsOf, valueAt } from './draft';

/** A stored version of a configuration. */
export interface StoredChain {
  readonly configuration: string;
  readonly version: number;
}

/** `<id>:<version>`, or nothing. */
export const urlChain: UrlCodec<StoredChain | null> = {
  read: (text) => {
    const [, configuration = '', version = ''] = /^([0-9a-f-]{36}):(\d+)$/.exec(text ?? '') ?? [];
    return configuration === '' ? null : { configuration, version: Number(version) };
  },
  write: (chain) => (chain === null ? null : `${chain.configuration}:${chain.version}`),
};

/** The chain that a configuration means for a table: the first whose pattern fits, else the one for all; undefined when none is. */
export function chainForTable(content: Json, table: string): Json | undefined {
  const fits = (pattern: string): boolean =>
    fitsChannel(table, pattern) || fitsChannel(table.replace(/\/raw$/, ''), pattern);
  const own = isFields(content) ? content['channelConfigs'] : undefined;
  const place = chainsOf(content).find(({ path }) => {
    const [top, key] = path;
    if (top !== 'channelConfigs') return false;
    const pattern = typeof key === 'number' ? valueAt(own, [key, 'tables']) : key;
    return typeof pattern === 'string' && fits(pattern);
  });
  return place === undefined ? valueAt(content, ['config']) : valueAt(content, place.path);
}
