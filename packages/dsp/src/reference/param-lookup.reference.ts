import type { Numbers } from '../spec/kernel-spec.js';

/** A value per channel, or a default. */
export function paramLookup(
  values: ReadonlyMap<number, number>,
  missing: number,
): (channel: Numbers, out: Numbers) => number {
  return (channel, out) => {
    out[0] = values.get(channel[0]!) ?? missing;
    return 0;
  };
}
