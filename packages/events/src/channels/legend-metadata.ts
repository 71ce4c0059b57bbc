import { EventError } from '../errors.js';
import type { ChannelFunction } from './channel-lists.js';
import type { Fact } from './fact-query.js';

const known = ['system', 'selectors'];

/** Channels of a system whose facts have certain values: `selectors` maps paths to a value or to several. */
export const legendMetadata: ChannelFunction = {
  name: 'legend.metadata',
  description: 'Channels of a system (geds, spms …) whose facts in the channel map have certain values.',
  prepare(args) {
    const foreign = Object.keys(args).find((name) => !known.includes(name));
    if (foreign !== undefined)
      throw new EventError(`${this.name} has no argument ${foreign}; it has time_key, ${known.join(', ')}`);
    const { system, selectors = {} } = args;
    if (system !== undefined && typeof system !== 'string')
      throw new EventError(`${this.name}: system must be a text, such as geds`);
    if (typeof selectors !== 'object' || selectors === null || Array.isArray(selectors))
      throw new EventError(`${this.name}: selectors must name facts and their values`);
    const wanted = Object.entries(selectors).map(([path, value]): [string, readonly Fact[]] => {
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      if (values.every(isFact)) return [path, values];
      throw new EventError(`${this.name}: selectors.${path} must be a value, or a list of them`);
    });
    if (system !== undefined) wanted.push(['system', [system]]);
    return {
      facts: wanted.map(([path]) => path),
      fits: ({ facts }) =>
        wanted.every(([path, values]) => values.some((value) => value === facts.get(path))),
    };
  },
};

function isFact(value: unknown): value is Fact {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
