import type { PulseTemplate } from './pulse-shape.js';

/**
 * The place in `record` where the template fits best between two places: the first maximum of the correlation, where
 * values below the template's threshold count as the threshold. Undefined when the stretch is shorter than the template.
 */
export function bestPlace(
  record: ArrayLike<number>,
  { samples, threshold }: PulseTemplate,
  from: number,
  to: number,
): number | undefined {
  const last = Math.min(to, record.length) - samples.length;
  if (last < from) return undefined;
  let best = from;
  let highest = -Infinity;
  for (let place = from; place <= last; place++) {
    const value = Math.max(threshold, correlation(record, samples, place));
    if (value > highest) {
      highest = value;
      best = place;
    }
  }
  return best;
}

/** Places of all strict local maxima of the correlation above the template's threshold, from a place to the end. */
export function laterPlaces(
  record: ArrayLike<number>,
  { samples, threshold }: PulseTemplate,
  from: number,
): number[] {
  const places: number[] = [];
  const last = record.length - samples.length;
  let before = Number.NaN;
  let here = Number.NaN;
  for (let place = from; place <= last; place++) {
    const next = Math.max(threshold, correlation(record, samples, place));
    if (here > before && here > next) places.push(place - 1);
    before = here;
    here = next;
  }
  return places;
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
