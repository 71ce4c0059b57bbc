/** Waveforms of equal length, one after the other. */
export interface Waveforms {
  /** rows × samples values. */
  readonly values: Float32Array | Float64Array;
  readonly samples: number;
}

/** The mean of pulses that were put on top of each other, each divided by its height. */
export interface Superpulse {
  /** Height 1 at the maximum of every pulse; without baseline. */
  readonly values: Float64Array;
  /** Standard deviation of the mean, by sample. */
  readonly errors: Float64Array;
  /** Sample at which the maxima lie. */
  readonly maximum: number;
  /** Pulses that are in it, and of how many. */
  readonly pulses: number;
  readonly offered: number;
}

/** Which pulses are put together. */
export interface SuperpulseOptions {
  /** Samples at the beginning whose mean is the baseline; 25 when absent. */
  readonly baseline?: number;
  /** How far a maximum may be from the middle of all, samples; 13 when absent. */
  readonly reach?: number;
  /** Lowest and highest height over the baseline; without limits when absent. */
  readonly from?: number;
  readonly to?: number;
}

const fewest = 20;
/** Pulses that differ from the mean by more than so many times what is usual are two, or lie on the tail of another. */
const unusual = 1.5;
/** Samples behind the maximum, and part of the height in front of it, between which the rise does not count for that. */
const behindRise = 10;
const beforeRise = 0.02;

interface Pulse {
  readonly row: number;
  readonly baseline: number;
  readonly height: number;
  readonly maximum: number;
}

/**
 * Mean of pulses aligned at their maxima, of those within 13 samples of the middle one, without the mean of the first 25
 * samples. (Specification: hit and event tiers, chapter 6.2.) Pulses that differ from the mean of all, as those on which
 * another one came, are left out and the mean is taken again. Samples that shifted pulses do not have are those of the
 * others.
 * Throws a RangeError when fewer than 20 pulses are left.
 */
export function superpulse(waveforms: Waveforms, options: SuperpulseOptions = {}): Superpulse {
  const { samples } = waveforms;
  const { reach = 13, from = 0, to = Infinity } = options;
  const rows = samples > 0 ? Math.floor(waveforms.values.length / samples) : 0;
  const all = Array.from({ length: rows }, (_, row) =>
    pulseOf(waveforms, row, options.baseline ?? 25),
  ).filter(({ height }) => height > from && height < to);
  const places = all.map(({ maximum }) => maximum).sort((a, b) => a - b);
  const middle = places[places.length >> 1] ?? 0;
  const aligned = all.filter(({ maximum }) => Math.abs(maximum - middle) <= reach);
  if (aligned.length < fewest) throw new RangeError(tooFew(aligned.length, rows));
  const first = meanOf(waveforms, aligned, middle);
  const distances = aligned.map((pulse) => distance(waveforms, pulse, middle, first.values));
  const usual = [...distances].sort((a, b) => a - b)[distances.length >> 1]!;
  const kept = aligned.filter((_, i) => distances[i]! <= unusual * usual);
  if (kept.length < fewest) throw new RangeError(tooFew(kept.length, rows));
  return { ...meanOf(waveforms, kept, middle), maximum: middle, pulses: kept.length, offered: rows };
}

function tooFew(kept: number, rows: number): string {
  return `${kept} of ${rows} pulses are alike: at least ${fewest} are needed for a mean of them`;
}

function pulseOf({ values, samples }: Waveforms, row: number, length: number): Pulse {
  const start = row * samples;
  let sum = 0;
  for (let i = 0; i < length; i++) sum += values[start + i]!;
  const baseline = sum / length;
  let maximum = 0;
  for (let i = 1; i < samples; i++) if (values[start + i]! > values[start + maximum]!) maximum = i;
  return { row, baseline, maximum, height: values[start + maximum]! - baseline };
}

function meanOf(
  { values, samples }: Waveforms,
  pulses: readonly Pulse[],
  middle: number,
): Pick<Superpulse, 'values' | 'errors'> {
  const sums = new Float64Array(samples);
  const squares = new Float64Array(samples);
  const counts = new Uint32Array(samples);
  for (const { row, baseline, height, maximum } of pulses) {
    const shift = maximum - middle;
    const start = row * samples;
    for (let i = Math.max(0, -shift); i < samples && i + shift < samples; i++) {
      const value = (values[start + i + shift]! - baseline) / height;
      sums[i]! += value;
      squares[i]! += value * value;
      counts[i]!++;
    }
  }
  const mean = sums.map((sum, i) => sum / counts[i]!);
  const errors = squares.map((sum, i) =>
    Math.sqrt(Math.max(0, sum / counts[i]! - mean[i]! ** 2) / Math.max(1, counts[i]! - 1)),
  );
  return { values: mean, errors };
}

/**
 * Root of the mean square distance of a pulse from the mean of all, scaled to it, in counts of the waveform: before the
 * rise and behind it, since charge is collected in different times.
 */
function distance(
  { values, samples }: Waveforms,
  { row, baseline, maximum }: Pulse,
  middle: number,
  mean: Float64Array,
): number {
  const shift = maximum - middle;
  const start = row * samples;
  let rise = middle;
  while (rise > 0 && mean[rise]! > beforeRise) rise--;
  const counted: number[] = [];
  for (let i = Math.max(0, -shift); i < samples && i + shift < samples; i++)
    if (i < rise - Math.abs(shift) || i > middle + behindRise) counted.push(i);
  const at = (i: number): number => values[start + i + shift]! - baseline;
  let [product, norm] = [0, 0];
  for (const i of counted) {
    product += at(i) * mean[i]!;
    norm += mean[i]! ** 2;
  }
  const height = product / norm;
  const sum = counted.reduce((all, i) => all + (at(i) - height * mean[i]!) ** 2, 0);
  return Math.sqrt(sum / counted.length);
}
