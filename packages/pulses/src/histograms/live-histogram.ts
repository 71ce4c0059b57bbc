/** What a histogram shows. The order of picoDAQ's lists is [min, max, nbins, ymax, title, type]. */
export interface HistogramDescriptor {
  readonly min: number;
  readonly max: number;
  readonly bins: number;
  /** Height of the axis, times `bins`, in parts of all entries: picoDAQ's ymax. */
  readonly yMax: number;
  readonly title: string;
  readonly logarithmic: boolean;
  /** Unit of the axis; empty when there is none. */
  readonly unit?: string;
}

/** picoDAQ's list as a descriptor. Throws a RangeError for bins or limits that make no axis. */
export function histogramDescriptor(
  list: readonly [min: number, max: number, bins: number, yMax: number, title: string, type: number],
): HistogramDescriptor {
  const [min, max, bins, yMax, title, type] = list;
  if (!(max > min) || !Number.isInteger(bins) || bins < 1)
    throw new RangeError(`histogram ${title}: [${min}, ${max}] in ${bins} bins is no axis`);
  return { min, max, bins, yMax, title, logarithmic: type === 1 };
}

/** Options of a histogram. */
export interface HistogramOptions {
  /**
   * Fill and normalise as picoDAQ and mimoCoRB do, faults included: values up to one bin below the axis go into the
   * first bin, and logarithmic histograms begin with a little in each bin.
   */
  readonly compatible?: boolean;
}

/** Counts of a quantity that can be looked at while it grows. */
export class LiveHistogram {
  readonly descriptor: HistogramDescriptor;
  readonly counts: Float64Array;
  /** Values handed in, and those of them inside of the axis. */
  entries = 0;
  inside = 0;
  underflow = 0;
  overflow = 0;
  private readonly compatible: boolean;

  constructor(descriptor: HistogramDescriptor, options: HistogramOptions = {}) {
    this.descriptor = descriptor;
    this.compatible = options.compatible ?? false;
    const { bins, yMax, logarithmic } = descriptor;
    this.counts = new Float64Array(bins).fill(this.compatible && logarithmic ? (1e-4 * yMax) / bins : 0);
  }

  /** Counts a value; NaN counts as an entry outside. */
  fill(value: number): void {
    const { min, max, bins } = this.descriptor;
    this.entries += 1;
    const place = (bins * (value - min)) / (max - min);
    const bin = this.compatible ? Math.trunc(place) : Math.floor(place);
    if (bin >= 0 && bin < bins) {
      this.counts[bin] = this.counts[bin]! + 1;
      this.inside += 1;
    } else if (bin < 0) this.underflow += 1;
    else if (bin >= bins) this.overflow += 1;
  }

  /** Parts of all that is inside, bin by bin; zeros while there is nothing. */
  heights(): Float64Array {
    const sum = sumOf(this.counts);
    // The originals divide with the first value that comes.
    if (this.compatible && this.entries === 0) return this.counts.slice();
    return sum > 0 ? this.counts.map((count) => count / sum) : this.counts.slice();
  }

  /** Mean and standard deviation out of the bin centres; NaN while there is nothing. */
  moments(): { readonly mean: number; readonly sigma: number } {
    const { min, max, bins } = this.descriptor;
    const edge = (i: number): number => (i === bins ? max : i * ((max - min) / bins) + min);
    const centres = this.counts.map((_, bin) => 0.5 * (edge(bin) + edge(bin + 1)));
    const sum = sumOf(this.counts);
    const mean = sumOf(this.counts.map((count, bin) => count * centres[bin]!)) / sum;
    const square = sumOf(this.counts.map((count, bin) => count * (centres[bin]! * centres[bin]!))) / sum;
    const variance = square - mean * mean;
    return { mean, sigma: Math.sqrt(this.compatible ? variance : Math.max(0, variance)) };
  }

  /** Limits of the axis of `heights`. */
  yLimits(): readonly [number, number] {
    const { bins, yMax, logarithmic } = this.descriptor;
    return logarithmic ? [(1e-3 * yMax) / bins, yMax / bins] : [0, yMax / bins];
  }

  /** What picoDAQ writes beside it: every value counts. */
  entriesText(): string {
    return `Entries: ${this.entries}`;
  }

  /** What mimoCoRB writes beside it: values inside, mean and standard deviation with three digits. */
  momentsText(): string {
    const { mean, sigma } = this.moments();
    return `  Σ  ${this.inside}\n<> ${general(mean)}\n  σ  ${general(sigma)}`;
  }
}

/** A sum by halves, eight values at a time, as the originals' library adds: rounding is the same to the last bit. */
function sumOf(values: Float64Array): number {
  const { length } = values;
  if (length > 128) {
    const half = (length >> 1) - ((length >> 1) % 8);
    return sumOf(values.subarray(0, half)) + sumOf(values.subarray(half));
  }
  const whole = length < 8 ? 0 : length - (length % 8);
  const parts = values.slice(0, 8);
  for (let i = 8; i < whole; i++) parts[i % 8]! += values[i]!;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = whole === 0 ? [] : parts;
  return values.subarray(whole).reduce((sum, value) => sum + value, a + b + (c + d) + (e + f + (g + h)));
}

/** Three significant digits without trailing zeros, halves to the even digit; exponents where they are shorter. */
function general(value: number): string {
  if (!Number.isFinite(value)) return 'nan';
  const rounded = threeDigits(value);
  const size = Math.abs(rounded);
  if (rounded !== 0 && (size < 1e-4 || size >= 1000)) {
    const [mantissa, exponent] = rounded.toExponential().split('e') as [string, string];
    const digits = exponent.slice(1).padStart(2, '0');
    return `${mantissa}e${exponent[0]}${digits}`;
  }
  return String(rounded);
}

function threeDigits(value: number): number {
  const [digits, exponent] = value.toExponential(50).split('e') as [string, string];
  const tie = /^-?\d\.\d[02468]50*$/.test(digits);
  return tie
    ? Number(`${digits.slice(0, digits.indexOf('.') + 3)}e${exponent}`)
    : Number(value.toPrecision(3));
}
