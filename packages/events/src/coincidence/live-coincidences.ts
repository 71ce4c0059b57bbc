import { CoincidenceBuilder, type CoincidenceOptions, type CoincidenceTable } from './coincidence-builder.js';
import type { CoincidenceMap } from './coincidence-map.js';

/** How hits are put together while they come. */
export interface LiveCoincidenceOptions {
  readonly tables: readonly CoincidenceTable[];
  /** Largest distance of a hit to the reference, ns. */
  readonly windowNs: number;
  readonly reference: CoincidenceOptions['reference'];
  /**
   * How long a table that is silent is waited for, ns of the clock of the hits: when any table is so much further,
   * its events are given away.
   */
  readonly latenessNs: number;
}

/**
 * Builds a coincidence map while hits come, one by one. What waits is bounded by the lateness. As long as no hit is late,
 * the map is the one that {@link CoincidenceBuilder} makes of the whole tables.
 */
export class LiveCoincidences {
  /** Hits that came too late, or out of the order of their table: they are in no event, and counted in their table's rows. */
  late = 0;
  private readonly builder: CoincidenceBuilder;
  private readonly fresh: number[][];
  private readonly last: Float64Array;
  private base: bigint | undefined;
  private newest = -Infinity;
  /** Before this everything is given away. */
  private settled = -Infinity;

  /** Throws an EventError as {@link CoincidenceBuilder} does. */
  constructor(private readonly options: LiveCoincidenceOptions) {
    const { tables, windowNs, reference } = options;
    this.builder = new CoincidenceBuilder({
      tables,
      reference,
      columns: [{ name: 'time', window: windowNs }],
    });
    this.fresh = tables.map(() => []);
    this.last = new Float64Array(tables.length).fill(-Infinity);
  }

  /** Adds the next hit of a table, by its place in the list of tables. @param timeNs time of the hit, ns */
  add(table: number, timeNs: bigint): void {
    this.base ??= timeNs;
    const time = Number(timeNs - this.base);
    if (time < this.settled || time < this.last[table]!) {
      this.late += 1;
      this.hand(table);
      this.builder.skip(table, 1);
      return;
    }
    this.last[table] = time;
    this.fresh[table]!.push(time);
    if (time > this.newest) this.newest = time;
  }

  /** Events that nothing changes any more. */
  take(): CoincidenceMap {
    this.fresh.forEach((_, table) => this.hand(table));
    this.settled = Math.max(this.settled, this.newest - this.options.latenessNs);
    return this.builder.take(this.settled);
  }

  /** All events that are left: no hit comes any more. */
  end(): CoincidenceMap {
    this.fresh.forEach((_, table) => {
      this.hand(table);
      this.builder.end(table);
    });
    return this.builder.take();
  }

  private hand(table: number): void {
    const times = this.fresh[table]!;
    if (times.length > 0) this.builder.push(table, [Float64Array.from(times)]);
    times.length = 0;
  }
}
