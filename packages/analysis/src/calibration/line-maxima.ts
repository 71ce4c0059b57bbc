import { areWhole, spectrumBins } from './spectrum-bins.js';

/** A place of a spectrum with more counts than its surroundings explain. */
export interface LineMaximum {
  /** Mean of the counts that stand out, in the unit of the values. */
  readonly position: number;
  /** ln of how much likelier its counts are with a line than without, less ln of the number of places looked at. */
  readonly evidence: number;
}

/** The finest bins are so many times finer than the coarsest ones. */
const resolutions = 8;
const coarsestBins = 500;
/** Bins of a line, and of its surroundings on each side. */
const half = 1;
const aside = 4;
/** Evidence below which a place is none: one in twenty spectra without lines has one. */
const least = 3;
const most = 40;

/**
 * Places of a spectrum that look like lines, whatever their width: counts of three bins against those of four bins on both
 * sides, in bins from a 500th of the range down to a 64 000th, by the ratio of likelihoods of Li and Ma (Astrophys. J. 272
 * (1983) 317), which is right for few counts as well. At most 40, by rising position.
 * @param values finite or not; those outside of the range do not count
 * @param range in the unit of the values; bins narrower than `finest` are not looked at
 */
export function lineMaxima(
  values: ArrayLike<number>,
  range: { readonly from: number; readonly to: number; readonly finest?: number },
): LineMaximum[] {
  const { from, to, finest = 0 } = range;
  if (!(to > from)) return [];
  const whole = areWhole(values);
  const candidates: (LineMaximum & { readonly reach: number })[] = [];
  let [places, before] = [0, Infinity];
  for (let level = 0; level < resolutions; level++) {
    const asked = (to - from) / (coarsestBins << level);
    if (level > 0 && asked < finest) break;
    const { from: start, width, counts } = spectrumBins(values, { from, to, width: asked }, whole);
    // Whole numbers have no bins finer than one.
    if (width >= before) break;
    before = width;
    places += counts.length;
    for (let bin = half + aside; bin < counts.length - half - aside; bin++) {
      const centre = counts[bin]!;
      if (centre < counts[bin - 1]! || centre < counts[bin + 1]! || centre < 3) continue;
      const [on, off] = [sumOf(counts, bin, half), sumOf(counts, bin, half + aside)];
      const evidence = excess(on, off - on, (2 * half + 1) / (2 * aside));
      if (!(evidence > least)) continue;
      const beside = (off - on) / (2 * aside);
      let [weight, moment] = [0, 0];
      for (let i = bin - half; i <= bin + half; i++) {
        const net = Math.max(0, counts[i]! - beside);
        weight += net;
        moment += net * (start + (i + 0.5) * width);
      }
      candidates.push({ position: moment / weight, evidence, reach: (half + aside) * width });
    }
  }
  const tried = Math.log(Math.max(1, places));
  const found: typeof candidates = [];
  for (const one of candidates.sort((a, b) => b.evidence - a.evidence)) {
    if (one.evidence - tried < least || found.length === most) break;
    // The same line in other bins, or the rim of a stronger one.
    const isNear = (other: (typeof candidates)[number]): boolean =>
      Math.abs(other.position - one.position) < Math.min(one.reach, other.reach);
    if (!found.some(isNear)) found.push(one);
  }
  return found
    .map(({ position, evidence }) => ({ position, evidence: evidence - tried }))
    .sort((a, b) => a.position - b.position);
}

function sumOf(counts: Float64Array, bin: number, reach: number): number {
  let sum = 0;
  for (let i = bin - reach; i <= bin + reach; i++) sum += counts[i]!;
  return sum;
}

/** ln of the ratio of likelihoods with and without an excess; 0 for none. `exposure`: of the line over that of its sides. */
function excess(on: number, off: number, exposure: number): number {
  if (on <= exposure * off) return 0;
  const term = (part: number, share: number): number =>
    part === 0 ? 0 : part * Math.log((share * part) / (on + off));
  return term(on, (1 + exposure) / exposure) + term(off, 1 + exposure);
}
