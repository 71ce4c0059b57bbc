import type { CoincidenceMap } from './coincidence-map.js';

/** A map that grows by one hit at a time and gives away its finished events. */
export class GrowingMap {
  private table = new Int32Array(4096);
  private row = new Int32Array(4096);
  private ends = new Int32Array(1024);
  private hits = 0;
  private events = 0;

  /** Hits that belong to no finished event yet. */
  get open(): number {
    return this.hits - (this.events === 0 ? 0 : this.ends[this.events - 1]!);
  }

  /** Makes room for so many more hits. */
  reserve(hits: number): void {
    while (this.hits + hits > this.row.length) {
      this.table = grown(this.table);
      this.row = grown(this.row);
    }
  }

  /** Adds a hit to the open event; there must be room for it. */
  add(table: number, row: number): void {
    this.table[this.hits] = table;
    this.row[this.hits++] = row;
  }

  /** Ends the open event. */
  close(): void {
    if (this.events === this.ends.length) this.ends = grown(this.ends);
    this.ends[this.events++] = this.hits;
  }

  /** The finished events; the open one stays. */
  take(): CoincidenceMap {
    const finished = this.hits - this.open;
    const map = {
      table: this.table.slice(0, finished),
      row: this.row.slice(0, finished),
      ends: this.ends.slice(0, this.events),
    };
    this.table.copyWithin(0, finished, this.hits);
    this.row.copyWithin(0, finished, this.hits);
    this.hits -= finished;
    this.events = 0;
    return map;
  }
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}
