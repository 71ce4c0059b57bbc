/** Axis of a histogram: `bins` equal bins from `min` to `max`. */
export interface Axis {
  readonly min: number;
  readonly max: number;
  readonly bins: number;
  readonly unit: string;
}

/** Counts of a quantity, added up since the last clear. Bin i covers [min + i·w, min + (i+1)·w). */
export class Histogram {
  readonly axis: Axis;
  readonly counts: Uint32Array;
  entries = 0;
  underflow = 0;
  overflow = 0;
  /** Values that were no numbers. */
  invalid = 0;

  constructor(axis: Axis) {
    this.axis = axis;
    this.counts = new Uint32Array(axis.bins);
  }

  /** Counts a value; the upper end belongs to the overflow, NaN to `invalid`. */
  fill(value: number): void {
    const { min, max, bins } = this.axis;
    this.entries += 1;
    if (value < min) this.underflow += 1;
    else if (value >= max) this.overflow += 1;
    else if (Number.isNaN(value)) this.invalid += 1;
    else {
      const bin = Math.min(bins - 1, Math.floor(((value - min) / (max - min)) * bins));
      this.counts[bin] = this.counts[bin]! + 1;
    }
  }

  clear(): void {
    this.counts.fill(0);
    this.entries = 0;
    this.underflow = 0;
    this.overflow = 0;
    this.invalid = 0;
  }
}
