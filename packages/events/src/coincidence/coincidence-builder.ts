import type { DataArray } from '@countroom/records';
import { EventError } from '../errors.js';
import type { CoincidenceMap } from './coincidence-map.js';
import { GrowingMap } from './growing-map.js';
import { HitQueue } from './hit-queue.js';
import { ExactTimes } from './times.js';

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
  /** Queues with hits that may be merged, the earliest hit first (a binary heap). */
  private heap: number[] = [];

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
  }

  /** Says that a table has no more hits. */
  end(table: number): void {
    this.queues[table]!.end();
  }

  /** The table that holds everything up: the one whose next block should be read first. Undefined when all have ended. */
  slowest(): number | undefined {
    let found: number | undefined;
    this.queues.forEach((queue, i) => {
      if (!queue.ended && (found === undefined || queue.last < this.queues[found]!.last)) found = i;
    });
    return found;
  }

  /** The events that no further hit can change; after the end of all tables: all that are left. */
  take(): CoincidenceMap {
    const slowest = this.slowest();
    const limit = slowest === undefined ? Infinity : this.queues[slowest]!.last;
    this.merge(limit);
    if (slowest === undefined && this.map.open > 0) this.map.close();
    return this.map.take();
  }

  private merge(limit: number): void {
    this.heap = [];
    this.queues.forEach((_, i) => this.put(i, limit));
    while (this.heap.length > 0) {
      const first = this.pop();
      const bound = this.heap[0];
      this.run(first, bound, limit);
      this.put(first, limit);
    }
  }

  /** Takes hits of one table as long as they come before the next hit of any other. */
  private run(table: number, bound: number | undefined, limit: number): void {
    const queue = this.queues[table]!;
    const { block, at } = queue.head()!;
    const { columns, rows, length } = block;
    const times = columns[0]!;
    const until = bound === undefined ? Infinity : this.headTime(bound);
    let i = at;
    do {
      this.add(table, columns, i, typeof rows === 'number' ? rows + i : rows[i]!);
      i++;
    } while (i < length && times[i]! < until && times[i]! < limit);
    queue.advance(i);
  }

  private add(table: number, columns: readonly Float64Array[], at: number, row: number): void {
    const { map, reference, windows } = this;
    let apart = map.open === 0;
    if (!apart) {
      for (let c = 0; c < windows.length; c++) {
        if (Math.abs(columns[c]![at]! - reference[c]!) > windows[c]!) apart = true;
      }
      if (apart) map.close();
    }
    map.add(table, row);
    if (apart || this.options.reference === 'last') {
      for (let c = 0; c < windows.length; c++) reference[c] = columns[c]![at]!;
    }
  }

  private headTime(table: number): number {
    const { block, at } = this.queues[table]!.head()!;
    return block.columns[0]![at]!;
  }

  /** Whether the next hit of table a comes before that of table b. */
  private before(a: number, b: number): boolean {
    const x = this.queues[a]!.head()!;
    const y = this.queues[b]!.head()!;
    for (let c = 0; c < this.windows.length; c++) {
      const difference = x.block.columns[c]![x.at]! - y.block.columns[c]![y.at]!;
      if (difference !== 0) return difference < 0;
    }
    return this.options.tables[a]!.key < this.options.tables[b]!.key;
  }

  private put(table: number, limit: number): void {
    const head = this.queues[table]!.head();
    if (head === undefined || !(head.block.columns[0]![head.at]! < limit || limit === Infinity)) return;
    const { heap } = this;
    let i = heap.push(table) - 1;
    for (let up = (i - 1) >> 1; i > 0 && this.before(table, heap[up]!); i = up, up = (i - 1) >> 1) {
      heap[i] = heap[up]!;
      heap[up] = table;
    }
  }

  private pop(): number {
    const { heap } = this;
    const first = heap[0]!;
    const moved = heap.pop()!;
    if (heap.length === 0) return first;
    heap[0] = moved;
    for (let i = 0; ; ) {
      const left = 2 * i + 1;
      if (left >= heap.length) return first;
      const right = left + 1;
      const child = right < heap.length && this.before(heap[right]!, heap[left]!) ? right : left;
      if (!this.before(heap[child]!, moved)) return first;
      heap[i] = heap[child]!;
      heap[child] = moved;
      i = child;
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
