import type { KeyedMap } from '../build-tcm/map-table.js';

/** Hits: position of the table in the list of channels, row there, and with a map the event and the place in the map. */
export interface Hits {
  readonly table: Int32Array;
  readonly row: Int32Array;
  /** Number of the event, from 0; empty without a map. */
  readonly event: Int32Array;
  /** Place in the flattened map; empty without a map. */
  readonly index: Int32Array;
}

/** Rows that are worked on together: hits, and the events that they belong to. */
export interface RowBlock {
  readonly hits: Hits;
  /** Numbers of the events, rising; empty without a map. */
  readonly events: Int32Array;
  /** Behind the last hit of each event. */
  readonly ends: Int32Array;
}

const none = new Int32Array(0);

/** Rows of one channel, where no map is needed. */
export function rowsOfTable(table: number, start: number, stop: number): RowBlock {
  const row = Int32Array.from({ length: stop - start }, (_, i) => start + i);
  return {
    hits: { table: new Int32Array(row.length).fill(table), row, event: none, index: none },
    events: none,
    ends: none,
  };
}

/** Events without hits, where only columns of events are asked for. */
export function plainEvents(start: number, stop: number): RowBlock {
  const events = Int32Array.from({ length: stop - start }, (_, i) => start + i);
  const hits = { table: none, row: none, event: none, index: none };
  return { hits, events, ends: new Int32Array(events.length) };
}

/**
 * Events of a part of the map with their hits of the chosen channels.
 * @param firstEvent number of the part's first event
 * @param firstHit place of the part's first hit in the flattened map
 * @param positions position of each chosen channel by its key
 */
export function eventsOfMap(
  map: KeyedMap,
  firstEvent: number,
  firstHit: number,
  positions: ReadonlyMap<number, number>,
): RowBlock {
  const [table, row, event, index] = Array.from({ length: 4 }, () => new Int32Array(map.row.length));
  const ends = new Int32Array(map.ends.length);
  let out = 0;
  for (let e = 0, hit = 0; e < ends.length; e++) {
    for (; hit < map.ends[e]!; hit++) {
      const position = positions.get(map.key[hit]!);
      if (position === undefined) continue;
      table![out] = position;
      row![out] = map.row[hit]!;
      event![out] = firstEvent + e;
      index![out++] = firstHit + hit;
    }
    ends[e] = out;
  }
  const hits = {
    table: table!.subarray(0, out),
    row: row!.subarray(0, out),
    event: event!.subarray(0, out),
    index: index!.subarray(0, out),
  };
  return { hits, events: Int32Array.from(ends, (_, e) => firstEvent + e), ends };
}

/** What is left where only some events and hits are kept (1); hits of events that are not kept go as well. */
export function keepRows(
  { hits, events, ends }: RowBlock,
  keepEvent: Uint8Array,
  keepHit: Uint8Array,
): RowBlock {
  const places: number[] = [];
  if (ends.length === 0) {
    for (let i = 0; i < keepHit.length; i++) if (keepHit[i] === 1) places.push(i);
    return { hits: pickHits(hits, Int32Array.from(places)), events, ends };
  }
  const left: number[] = [];
  const leftEnds: number[] = [];
  for (let e = 0, i = 0; e < ends.length; e++) {
    for (; i < ends[e]!; i++) if (keepEvent[e] === 1 && keepHit[i] === 1) places.push(i);
    if (keepEvent[e] === 0) continue;
    left.push(events[e]!);
    leftEnds.push(places.length);
  }
  return {
    hits: pickHits(hits, Int32Array.from(places)),
    events: Int32Array.from(left),
    ends: Int32Array.from(leftEnds),
  };
}

function pickHits({ table, row, event, index }: Hits, at: Int32Array): Hits {
  const pick = (values: Int32Array): Int32Array =>
    values.length === 0 ? values : at.map((place) => values[place]!);
  return { table: pick(table), row: pick(row), event: pick(event), index: pick(index) };
}
