/** Events of a coincidence map: for each hit the key of its table and its row there, and where each event ends. */
export interface KeyedHits {
  readonly key: Int32Array;
  readonly row: Int32Array;
  readonly ends: Int32Array;
}

/**
 * How many different tables have a hit in the event of each row of one table: the pulses of a pulser that is connected to
 * all channels are in the events that nearly all of them see. (Specification: hit and event tiers, chapter 6.4.)
 * @param key of the table; @param rows how many it has
 * @returns 1 for rows that no event of the map has
 */
export function multiplicities({ key: keys, row, ends }: KeyedHits, key: number, rows: number): Float64Array {
  const found = new Float64Array(rows).fill(1);
  const seen = new Set<number>();
  let begin = 0;
  for (const end of ends) {
    seen.clear();
    let inside = false;
    for (let hit = begin; hit < end; hit++) {
      seen.add(keys[hit]!);
      inside ||= keys[hit] === key;
    }
    for (let hit = begin; inside && hit < end; hit++)
      if (keys[hit] === key && row[hit]! >= 0 && row[hit]! < rows) found[row[hit]!] = seen.size;
    begin = end;
  }
  return found;
}
