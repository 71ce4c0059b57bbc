import { coreOf } from '../cuts/cut-window.js';
import type { Waveforms } from '../superpulse/superpulse.js';
import { addProducts, mirror } from './noise-matrix.js';

/** A pulse of a waveform that a filter may be made of. */
export interface ChosenPulse {
  readonly row: number;
  readonly baseline: number;
  /** Highest sample over the baseline. */
  readonly height: number;
  /** Sample, with a fraction, at which it has risen to half of its height. */
  readonly half: number;
}

/** Pulses that passed, and how many did not pass which cut. */
export interface PulseChoice {
  readonly pulses: readonly ChosenPulse[];
  readonly offered: number;
  readonly left: Readonly<Record<'height' | 'noise' | 'place' | 'rise' | 'piled', number>>;
}

/** Which pulses a filter is made of. */
export interface PulseCuts {
  /** Samples before the pulse. */
  readonly baseline: number;
  /** Heights over the baseline, in the unit of the waveforms. */
  readonly from: number;
  readonly to: number;
  /** Standard deviations around the middle of all within which noise, place and rise have to be; 4 when absent. */
  readonly level?: number;
}

const fewest = 100;

/**
 * Chooses pulses that are alike: quiet baselines, risen at the usual place, in the usual time, and with no second one on
 * their tail. (Specification: hit and event tiers, chapter 6.5.)
 * Throws a RangeError when fewer than 100 are left.
 */
export function choosePulses(
  waveforms: Waveforms,
  { baseline, from, to, level = 4 }: PulseCuts,
): PulseChoice {
  const { values, samples } = waveforms;
  const rows = samples > 0 ? Math.floor(values.length / samples) : 0;
  const seen = Array.from({ length: rows }, (_, row) =>
    look(values.subarray(row * samples, (row + 1) * samples), baseline),
  );
  const left = { height: 0, noise: 0, place: 0, rise: 0, piled: 0 };
  let kept = seen.flatMap((one, row) => (one.height >= from && one.height < to ? [{ ...one, row }] : []));
  left.height = rows - kept.length;
  for (const cut of ['noise', 'place', 'rise', 'piled'] as const) {
    const before = kept.length;
    if (before < fewest) break;
    const window = windowOf(kept.map((one) => one[cut]));
    kept = kept.filter((one) => Math.abs(one[cut] - window.mean) <= level * window.sigma);
    left[cut] = before - kept.length;
  }
  if (kept.length < fewest)
    throw new RangeError(
      `${kept.length} of ${rows} pulses are alike and between ${from} and ${to} high: at least ${fewest} are needed`,
    );
  const pulses = kept.map(({ row, mean, height, place }) => ({ row, baseline: mean, height, half: place }));
  return { pulses, offered: rows, left };
}

/** Middle and width of values; those that are nearly all the same are within a sample of it. */
function windowOf(values: readonly number[]): { readonly mean: number; readonly sigma: number } {
  if (!values.some((value) => value !== values[0])) return { mean: values[0]!, sigma: 1 };
  return coreOf(values);
}

function look(wave: Waveforms['values'], length: number) {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < length; i++) {
    sum += wave[i]!;
    squares += wave[i]! ** 2;
  }
  const mean = sum / length;
  const noise = Math.sqrt(Math.max(0, squares / length - mean * mean));
  let top = 0;
  for (let i = 1; i < wave.length; i++) if (wave[i]! > wave[top]!) top = i;
  const height = wave[top]! - mean;
  const place = crossing(wave, top, mean + height / 2);
  const rise = crossing(wave, top, mean + 0.9 * height) - crossing(wave, top, mean + height / 10);
  // The mean of the tail's second half over that of its first: a pulse on the tail, or one before, changes it.
  const middle = Math.floor((top + wave.length) / 2);
  const area = (first: number, last: number): number => {
    let all = 0;
    for (let i = first; i < last; i++) all += (wave[i]! - mean) / (last - first);
    return all;
  };
  const piled = area(middle, wave.length) / area(Math.min(top, middle - 1), middle);
  return { mean, noise, height, place, rise, piled: Number.isFinite(piled) ? piled : 0 };
}

/** Where a waveform, backwards from a sample, falls below a level: between two samples. */
function crossing(wave: Waveforms['values'], start: number, level: number): number {
  let i = start;
  while (i > 0 && wave[i]! >= level) i--;
  const [low, high] = [wave[i]!, wave[i + 1] ?? wave[i]!];
  return high > low ? i + (level - low) / (high - low) : i;
}

/** What a filter has to make of pulses. */
export interface SignalMatrix {
  readonly length: number;
  /** Mean of the products of samples of all pulses at all places of the flat top, length × length. */
  readonly products: Float64Array;
  /** Mean of the samples. */
  readonly mean: Float64Array;
}

/**
 * Sections of `length` samples around the half height of pulses of height 1, shifted by all whole numbers up to `flat` to
 * both sides: for each of them the filter is to give 1, so that its answer has a flat top of 2·flat + 1 samples.
 * Throws a RangeError when no pulse has so many samples around it.
 */
export function signalMatrix(
  waveforms: Waveforms,
  pulses: readonly ChosenPulse[],
  length: number,
  flat: number,
): SignalMatrix {
  const products = new Float64Array(length * length);
  const mean = new Float64Array(length);
  const sections = pulses.flatMap((pulse) => sectionsOf(waveforms, pulse, length, flat));
  if (sections.length === 0)
    throw new RangeError(
      `waveforms of ${waveforms.samples} samples do not have ${length + 2 * flat} around the pulse: shorten the filter`,
    );
  for (const section of sections) {
    addProducts(products, section, 1 / sections.length);
    section.forEach((value, i) => (mean[i]! += value / sections.length));
  }
  mirror(products, length);
  return { length, products, mean };
}

function sectionsOf(
  { values, samples }: Waveforms,
  { row, baseline, height, half }: ChosenPulse,
  length: number,
  flat: number,
): Float64Array[] {
  const first = Math.round(half) - (length >> 1);
  if (first - flat < 0 || first + flat + length > samples) return [];
  return Array.from({ length: 2 * flat + 1 }, (_, i) => {
    const start = row * samples + first + i - flat;
    return Float64Array.from({ length }, (__, k) => (values[start + k]! - baseline) / height);
  });
}
