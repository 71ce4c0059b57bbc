import type { CoincidenceMap } from '../coincidence/coincidence-map.js';

/** Hits of a chunk of events that belong to chosen channels, event by event, in the order of the channel list. */
export interface HitSelection {
  /** Place of each hit in the map of the chunk. */
  readonly hits: Int32Array;
  /** Event of each hit. */
  readonly event: Int32Array;
  /** Behind the last hit of each event. */
  readonly ends: Int32Array;
}

/** Longer events are left to the engine's own sort. */
const shortEvent = 32;

/**
 * Chooses hits by their table. Within an event hits follow the order of `tables`, hits of one table that of the map.
 * @param tables positions of the chosen tables in the map's list of tables
 */
export function selectHits(map: CoincidenceMap, tables: readonly number[]): HitSelection {
  const rank = new Int32Array(map.table.reduce((most, table) => Math.max(most, table + 1), 0)).fill(-1);
  tables.forEach((table, i) => {
    if (table < rank.length) rank[table] = i;
  });
  const ranks = map.table.map((table) => rank[table]!);
  const chosen = ranks.reduce((sum, one) => sum + (one < 0 ? 0 : 1), 0);
  const hits = new Int32Array(chosen);
  const event = new Int32Array(chosen);
  const ends = new Int32Array(map.ends.length);
  let out = 0;
  for (let e = 0, from = 0; e < ends.length; from = map.ends[e]!, e++) {
    const first = out;
    const short = map.ends[e]! - from <= shortEvent;
    for (let hit = from; hit < map.ends[e]!; hit++) {
      if (ranks[hit]! < 0) continue;
      // Insertion keeps the order of the map among hits of one table.
      let at = out++;
      while (short && at > first && ranks[hits[at - 1]!]! > ranks[hit]!) {
        hits[at] = hits[at - 1]!;
        at--;
      }
      hits[at] = hit;
    }
    if (!short) hits.subarray(first, out).sort((a, b) => ranks[a]! - ranks[b]! || a - b);
    event.fill(e, first, out);
    ends[e] = out;
  }
  return { hits, event, ends };
}
