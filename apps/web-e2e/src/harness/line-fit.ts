import type { ColumnHistogram } from '@countroom/contracts';

export interface Line {
  readonly events: number;
  readonly position: number;
  readonly fwhm: number;
}

/** Mean and full width at half maximum (2.355 sigma) of the bins within three sigma of the highest one. */
export function lineIn(histogram: ColumnHistogram): Line {
  const { counts, min, max, bins } = histogram;
  const width = (max - min) / bins;
  const all = counts.map((count, bin) => ({ at: min + (bin + 0.5) * width, count }));
  let position = all.reduce((best, bin) => (bin.count > best.count ? bin : best)).at;
  let sigma = 2;
  let events = 0;
  for (let pass = 0; pass < 20; pass++) {
    const near = all.filter(({ at }) => Math.abs(at - position) <= Math.max(3 * sigma, width));
    events = near.reduce((sum, { count }) => sum + count, 0);
    position = near.reduce((sum, { at, count }) => sum + at * count, 0) / events;
    sigma = Math.sqrt(near.reduce((sum, { at, count }) => sum + count * (at - position) ** 2, 0) / events);
  }
  return { events, position, fwhm: 2.355 * sigma };
}
