/**
 * Which hits belong together: hits of event e are entries `ends[e-1]` (0 for the first) to `ends[e]` (excluded) of
 * `table` and `row`.
 */
export interface CoincidenceMap {
  /** Position of the hit's table in the list of tables. */
  readonly table: Int32Array;
  /** Row of the hit in its table. */
  readonly row: Int32Array;
  /** Behind the last hit of each event. */
  readonly ends: Int32Array;
}

/** A map without events. */
export const emptyMap: CoincidenceMap = {
  table: new Int32Array(0),
  row: new Int32Array(0),
  ends: new Int32Array(0),
};

/** One map after the other. */
export function concatMaps(maps: readonly CoincidenceMap[]): CoincidenceMap {
  const hits = maps.reduce((sum, { row }) => sum + row.length, 0);
  const events = maps.reduce((sum, { ends }) => sum + ends.length, 0);
  const all = { table: new Int32Array(hits), row: new Int32Array(hits), ends: new Int32Array(events) };
  let hit = 0;
  let event = 0;
  for (const map of maps) {
    all.table.set(map.table, hit);
    all.row.set(map.row, hit);
    for (const end of map.ends) all.ends[event++] = hit + end;
    hit += map.row.length;
  }
  return all;
}

/**
 * The key of a table: the first match of a pattern in its path as an integer, `ch1084803/hit` → 1084803.
 * Undefined when nothing matches, or what matches is no integer below 2³¹.
 */
export function tableKey(path: string, pattern: RegExp = /\d+/): number | undefined {
  const found = pattern.exec(path)?.[0];
  const key = found === undefined || found === '' ? Number.NaN : Number(found);
  return Number.isInteger(key) && Math.abs(key) < 2 ** 31 ? key : undefined;
}
