import type { PulseTemplate } from './pulse-shape.js';

/**
 * The place in `record` where the template fits best between two places: the first maximum of the correlation, where
 * values below the template's threshold count as the threshold. Undefined when the stretch is shorter than the template.
 */
export function bestPlace(
  record: ArrayLike<number>,
  template: PulseTemplate,
  from: number,
  to: number,
): number | undefined {
  const last = Math.min(to, record.length) - template.samples.length;
  if (last < from) return undefined;
  const correlate = new Correlation(record, template, from);
  let best = from;
  let highest = -Infinity;
  for (let place = from; place <= last; place++) {
    const value = correlate.at(place);
    if (value > highest) {
      highest = value;
      best = place;
    }
  }
  return best;
}

/** Places of all strict local maxima of the correlation above the template's threshold, from a place to the end. */
export function laterPlaces(record: ArrayLike<number>, template: PulseTemplate, from: number): number[] {
  const places: number[] = [];
  const last = record.length - template.samples.length;
  const correlate = new Correlation(record, template, from);
  let before = Number.NaN;
  let here = Number.NaN;
  for (let place = from; place <= last; place++) {
    const next = correlate.at(place);
    if (here > before && here > next) places.push(place - 1);
    before = here;
    here = next;
  }
  return places;
}

/**
 * Correlation of a record with a template at successive places, where values below the threshold count as the threshold.
 * Stretches that are too quiet to reach it are not summed: |Σ x·t| ≤ max|x|·Σ|t|.
 */
class Correlation {
  private readonly record: ArrayLike<number>;
  private readonly template: PulseTemplate;
  private readonly length: number;
  /** Last sample that was not quiet, and how far was looked. */
  private lastLoud: number;
  private looked: number;

  constructor(record: ArrayLike<number>, template: PulseTemplate, from: number) {
    this.record = record;
    this.template = template;
    this.length = template.samples.length;
    this.lastLoud = from - 1;
    this.looked = from;
  }

  /** Value at a place; places must not go back. */
  at(place: number): number {
    const { record, template, length } = this;
    const { sign, quiet, samples, threshold } = template;
    for (const end = place + length; this.looked < end; this.looked++) {
      const value = record[this.looked]!;
      if (sign === 0 ? value >= quiet || value <= -quiet : value * sign >= quiet) this.lastLoud = this.looked;
    }
    return this.lastLoud < place ? threshold : Math.max(threshold, correlation(record, samples, place));
  }
}

/** Whether what is at a place is shaped like the pulse and at least as high. */
export function hasShape(record: ArrayLike<number>, template: PulseTemplate, place: number): boolean {
  const { samples, centered, threshold, centeredThreshold, subtractOffset } = template;
  if (place < 0 || place + samples.length > record.length) return false;
  if (!subtractOffset) return correlation(record, samples, place) > threshold;
  let mean = 0;
  for (let j = 0; j < samples.length; j++) mean += record[place + j]!;
  mean /= samples.length;
  let sum = 0;
  for (let j = 0; j < samples.length; j++) sum += (record[place + j]! - mean) * centered[j]!;
  return sum > centeredThreshold;
}

/** Largest size of the samples in a stretch. */
export function largest(record: ArrayLike<number>, from: number, length: number): number {
  let most = 0;
  for (let i = from; i < Math.min(record.length, from + length); i++)
    most = Math.max(most, Math.abs(record[i]!));
  return most;
}

function correlation(record: ArrayLike<number>, samples: Float64Array, place: number): number {
  let sum = 0;
  for (let j = 0; j < samples.length; j++) sum += record[place + j]! * samples[j]!;
  return sum;
}
