import type { DataArray } from '@countroom/records';
import { EventError } from '../errors.js';
import { type CoincidenceMap, emptyMap } from './coincidence-map.js';
import { GrowingMap } from './growing-map.js';
import { HitQueue } from './hit-queue.js';
import { HitSorter } from './sort-hits.js';
import { ExactTimes } from './times.js';

/** Fewer hits than this are left waiting for more. */
const fewHits = 1 << 17;

/** So many hits are merged at once: what they take stays in the processor's second cache. */
const hitsAtOnce = 1 << 15;

/** Hits that are being merged. */
interface Room {
  readonly tables: Int32Array;
  readonly rows: Int32Array;
  readonly columns: readonly Float64Array[];
}

/** One table whose hits are put together with those of others. */
export interface CoincidenceTable {
  /** Path, for error texts. */
  readonly path: string;
  /** Number that orders hits of equal time, and stands for the table in the map. */
  readonly key: number;
}

/** How hits are put together. */
export interface CoincidenceOptions {
  readonly tables: readonly CoincidenceTable[];
  /** The clustering columns, the one that orders the hits first; width of the window of each, in its unit, from 0. */
  readonly columns: readonly { readonly name: string; readonly window: number }[];
  /**
   * What a hit's distance is measured from: `last`, the hit before it (an event grows as long as hits follow each other
   * closely); `first`, the first hit of the event (a window of fixed width).
   */
  readonly reference: 'last' | 'first';
}

/**
 * Builds a time coincidence map from any number of tables that are read in blocks. Hits are merged in the order of
 * the clustering columns, then of table key, then of row; a new event begins where any column differs from the
 * reference hit by more than its window. Hits are given away as soon as no table can bring an earlier one; memory is
 * what waits for the slowest table. (Specification: hit and event tiers, chapter 2.)
 */
export class CoincidenceBuilder {
  private readonly queues: HitQueue[];
  private readonly times: ExactTimes[];
  private readonly windows: readonly number[];
  private readonly reference: Float64Array;
  private readonly map = new GrowingMap();
  private readonly sorter = new HitSorter();
  private space: Room = { tables: new Int32Array(0), rows: new Int32Array(0), columns: [] };
  /** Hits that were pushed and not merged yet. */
  private waiting = 0;
  /** Tables in the order of their keys. */
  private readonly byKey: readonly number[];

  /** Throws an EventError for no or too many tables, keys that repeat, and windows that are no numbers from 0. */
  constructor(private readonly options: CoincidenceOptions) {
    const { tables, columns } = options;
    if (tables.length === 0) throw new EventError('there is no table to look for coincidences in');
    if (columns.length === 0) throw new EventError('no clustering column is given');
    for (const { name, window } of columns) {
      if (!(window >= 0))
        throw new EventError(`the window of ${name} must be a number from 0, not ${window}`);
    }
    const seen = new Map<number, string>();
    for (const { path, key } of tables) {
      const other = seen.get(key);
      if (other !== undefined) {
        throw new EventError(
          `${other} and ${path} have the same key ${key}: give a pattern that tells them apart`,
        );
      }
      seen.set(key, path);
    }
    this.queues = tables.map(({ path }) => new HitQueue(path));
    this.times = columns.map(({ name }) => new ExactTimes(name));
    this.windows = columns.map(({ window }) => window);
    this.reference = new Float64Array(columns.length);
    this.byKey = tables.map((_, i) => i).sort((a, b) => tables[a]!.key - tables[b]!.key);
  }

  /**
   * Adds the next hits of a table: its clustering columns, one array each. The arrays are kept until the hits are given
   * away. Throws an EventError for NaN, times that go back, and columns of different lengths.
   */
  push(table: number, columns: readonly DataArray[]): void {
    const queue = this.queues[table]!;
    const length = columns[0]?.length ?? 0;
    if (columns.length !== this.windows.length || columns.some((column) => column.length !== length)) {
      throw new EventError(`${queue.table}: the clustering columns do not have the same number of hits`);
    }
    queue.push(columns.map((column, i) => this.times[i]!.take(column, queue.table)));
    this.waiting += length;
  }

  /** Leaves out the next rows of a table, which take part in no event. */
  skip(table: number, rows: number): void {
    this.queues[table]!.skip(rows);
  }

  /** Says that a table has no more hits. */
  end(table: number): void {
    this.queues[table]!.ended = true;
  }

  /** The table that holds everything up: the one whose next block should be read first. Undefined when all have ended. */
  slowest(): number | undefined {
    let found: number | undefined;
    this.queues.forEach((queue, i) => {
      if (!queue.ended && (found === undefined || queue.last < this.queues[found]!.last)) found = i;
    });
    return found;
  }

  /**
   * Events that no further hit can change, none while few hits wait: merging many at once is faster. After the end of all
   * tables: all that are left.
   * @param settled a time before which no more hits are waited for, in the unit of the first column (which then must not
   *   be 64-bit integers); hits that come after all must be skipped
   */
  take(settled = -Infinity): CoincidenceMap {
    const slowest = this.slowest();
    if (slowest !== undefined && this.waiting < fewHits && settled === -Infinity) return emptyMap;
    this.merge(slowest === undefined ? Infinity : Math.max(settled, this.queues[slowest]!.last));
    // Whatever comes is too far from the event that is open.
    const isApart = settled - this.reference[0]! > this.windows[0]!;
    if ((slowest === undefined || isApart) && this.map.open > 0) this.map.close();
    return this.map.take();
  }

  /**
   * Merges all hits before a time. Many are merged in parts, each of a stretch of time short enough that its hits stay
   * in the processor's cache.
   */
  private merge(limit: number): void {
    for (;;) {
      let until = limit;
      let count = this.countBefore(until);
      while (count > hitsAtOnce) {
        const middle = this.middleBefore(until);
        if (middle === undefined) break;
        until = middle;
        count = this.countBefore(until);
      }
      if (count > 0) this.mergePart(until, count);
      if (until === limit) return;
    }
  }

  private countBefore(limit: number): number {
    let count = 0;
    for (const queue of this.queues) count += queue.countBefore(limit);
    return count;
  }

  /** A time between the first hit that waits and a limit; undefined when there is none. */
  private middleBefore(limit: number): number | undefined {
    let first = Infinity;
    let last = -Infinity;
    for (const queue of this.queues) {
      first = Math.min(first, queue.first ?? Infinity);
      last = Math.max(last, queue.last);
    }
    const end = Math.min(limit, last);
    const middle = first / 2 + end / 2;
    return middle > first && middle < limit ? middle : undefined;
  }

  /** Merges the hits before a time: gathered table by table in the order of the keys, then put into order of time. */
  private mergePart(limit: number, length: number): void {
    const { tables, rows, columns } = this.room(length);
    let at = 0;
    for (const table of this.byKey) {
      this.queues[table]!.takeBefore(limit, ({ columns: own, from, to, row }) => {
        own.forEach((column, c) => columns[c]!.set(column.subarray(from, to), at));
        const stop = at + to - from;
        tables.fill(table, at, stop);
        for (let next = row; at < stop; at++, next++) rows[at] = next;
      });
    }
    this.waiting -= length;
    const order = this.sorter.sort(columns, length);
    if (columns.length === 1) this.addByOne(order, columns[0]!);
    else for (let i = 0; i < length; i++) this.add(order[i]!, columns);
  }

  /** Arrays for a number of hits, used again and again. */
  private room(length: number): Room {
    if (this.space.tables.length < length) {
      const size = Math.max(length, hitsAtOnce);
      this.space = {
        tables: new Int32Array(size),
        rows: new Int32Array(size),
        columns: this.windows.map(() => new Float64Array(size)),
      };
    }
    return this.space;
  }

  /** Adds hits in order, where one column decides. */
  private addByOne(order: Int32Array, times: Float64Array): void {
    const { map, space } = this;
    const window = this.windows[0]!;
    const grows = this.options.reference === 'last';
    let reference = this.reference[0]!;
    let isOpen = map.open > 0;
    map.reserve(order.length);
    for (let i = 0; i < order.length; i++) {
      const hit = order[i]!;
      const time = times[hit]!;
      if (!isOpen || time - reference > window) {
        if (isOpen) map.close();
        isOpen = true;
        reference = time;
      } else if (grows) reference = time;
      map.add(space.tables[hit]!, space.rows[hit]!);
    }
    this.reference[0] = reference;
  }

  private add(at: number, columns: readonly Float64Array[]): void {
    const { map, reference, windows, space } = this;
    let apart = map.open === 0;
    if (!apart) {
      for (let c = 0; c < windows.length; c++) {
        if (Math.abs(columns[c]![at]! - reference[c]!) > windows[c]!) apart = true;
      }
      if (apart) map.close();
    }
    map.reserve(1);
    map.add(space.tables[at]!, space.rows[at]!);
    if (apart || this.options.reference === 'last') {
      for (let c = 0; c < windows.length; c++) reference[c] = columns[c]![at]!;
    }
  }
}

/** The map of tables that are in memory as a whole. Throws what {@link CoincidenceBuilder} throws. */
export function buildCoincidenceMap(
  options: CoincidenceOptions,
  hits: readonly (readonly DataArray[])[],
): CoincidenceMap {
  const builder = new CoincidenceBuilder(options);
  hits.forEach((columns, table) => {
    builder.push(table, columns);
    builder.end(table);
  });
  return builder.take();
}
