import type { Vector } from '@countroom/expressions';
import type { CoincidenceMap } from '../coincidence/coincidence-map.js';
import { type HitValues, type Initial, pickHits } from './aggregate.js';

/** Aggregations of which the reference has a version of its own. */
export type CompatMode = 'sum' | 'last_at' | 'gather';

/**
 * Which hits count when results of the reference are to be repeated with its defects. (Specification: hit and event
 * tiers, 3.3.) `sum`: a second hit of a channel in an event is not added (E3). `last_at`: the comparison begins at 0, so
 * only values above can win (E2). `gather`: of several hits of a channel the last one is taken, and left out when its
 * value is NaN (E4).
 * @param field the values that `last_at` compares
 */
export function compatCounts(
  mode: CompatMode,
  { selection, values, counts }: HitValues,
  map: CoincidenceMap,
  field?: Vector,
): Uint8Array {
  const { hits, event } = selection;
  const tableOf = (i: number): number => map.table[hits[i]!]!;
  // Hits of one channel in an event stand next to each other.
  const same = (i: number, j: number): boolean =>
    j >= 0 && j < hits.length && event[i] === event[j] && tableOf(i) === tableOf(j);
  const anyBefore = (i: number): boolean => {
    for (let j = i - 1; same(i, j); j--) if (counts[j] === 1) return true;
    return false;
  };
  const anyAfter = (i: number): boolean => {
    for (let j = i + 1; same(i, j); j++) if (counts[j] === 1) return true;
    return false;
  };
  return counts.map((one, i) => {
    if (one === 0) return 0;
    if (mode === 'sum') return anyBefore(i) ? 0 : 1;
    if (mode === 'last_at') return Number(field!.data[i * field!.step]) > 0 ? 1 : 0;
    const missing = values.offsets === undefined && Number.isNaN(Number(values.data[i * values.step]));
    return anyAfter(i) || missing ? 0 : 1;
  });
}

/**
 * `keep_at_ch` of the reference for one channel per event: E of every channel that the field names in any event of the
 * chunk is put into all events with a hit of that channel; of several the largest channel stays (E1).
 */
export function compatKeepAtChannel(
  { selection, values, counts }: HitValues,
  channels: Vector,
  map: CoincidenceMap,
  keys: readonly number[],
  initial: Initial,
): Vector {
  const named = new Set<number>();
  for (let e = 0; e < selection.ends.length; e++) {
    if (channels.valid?.[e] !== 0) named.add(Number(channels.data[e * channels.step]));
  }
  const places = new Int32Array(selection.ends.length).fill(-1);
  const best = new Float64Array(selection.ends.length).fill(-Infinity);
  selection.event.forEach((event, i) => {
    const key = keys[map.table[selection.hits[i]!]!]!;
    if (counts[i] === 0 || !named.has(key) || key < best[event]!) return;
    best[event] = key;
    places[event] = i;
  });
  return pickHits(values, places, initial);
}

/** Table keys of the hits that a field of places in the map points to, as the reference looks them up first. */
export function channelsAt(
  places: Vector,
  map: CoincidenceMap,
  firstHit: number,
  keys: readonly number[],
): Vector {
  const data = Float64Array.from(places.data as Float64Array, (place) => {
    const table = map.table[place - firstHit];
    return table === undefined ? Number.NaN : keys[table]!;
  });
  return { ...places, kind: 'float64', data };
}
