/** A peak of a record. Positions are in samples. */
export interface Peak {
  readonly position: number;
  /** How far it stands out of the higher of the valleys beside it. */
  readonly prominence: number;
  /** Where the record crosses half of the prominence, and the distance of these places. */
  readonly left: number;
  readonly right: number;
  readonly width: number;
}

/** What a peak must have. */
export interface PeakLimits {
  readonly prominence: number;
  /** Samples between peaks; of two that are closer the lower one goes. */
  readonly distance: number;
  /** Samples at half of the prominence. */
  readonly width: number;
}

/**
 * Peaks of a record: local maxima (the middle of flat tops), thinned by distance, then kept by prominence and width at
 * half prominence. Results are those of scipy.signal.find_peaks with these three limits.
 */
export function findPeaks(record: ArrayLike<number>, limits: PeakLimits): Peak[] {
  let lowest = Infinity;
  for (let i = 0; i < record.length; i++) if (record[i]! < lowest) lowest = record[i]!;
  // Those that cannot stand out far enough remove only lower ones, so they may go first.
  const high = localMaxima(record).filter((place) => record[place]! - lowest >= limits.prominence);
  const kept = thinned(record, high, limits.distance);
  return kept.flatMap((position) => {
    const { prominence, from, to } = prominenceOf(record, position);
    if (prominence < limits.prominence) return [];
    const { left, right } = crossings(record, position, record[position]! - prominence / 2, from, to);
    const width = right - left;
    return width < limits.width ? [] : [{ position, prominence, left, right, width }];
  });
}

function localMaxima(record: ArrayLike<number>): number[] {
  const found: number[] = [];
  for (let i = 1; i < record.length - 1; i++) {
    if (record[i - 1]! >= record[i]!) continue;
    let last = i;
    while (last < record.length - 1 && record[last + 1] === record[i]) last++;
    if (last < record.length - 1 && record[last + 1]! < record[i]!) found.push((i + last) >> 1);
    i = last;
  }
  return found;
}

/** From the highest down, each peak removes lower ones that are closer than the distance; of equals the later stays. */
function thinned(record: ArrayLike<number>, peaks: readonly number[], distance: number): number[] {
  const least = Math.ceil(distance);
  const removed = new Set<number>();
  const byHeight = peaks.map((_, i) => i).sort((a, b) => record[peaks[b]!]! - record[peaks[a]!]! || b - a);
  for (const i of byHeight) {
    if (removed.has(i)) continue;
    for (let k = i - 1; k >= 0 && peaks[i]! - peaks[k]! < least; k--) removed.add(k);
    for (let k = i + 1; k < peaks.length && peaks[k]! - peaks[i]! < least; k++) removed.add(k);
  }
  return peaks.filter((_, i) => !removed.has(i));
}

function prominenceOf(
  record: ArrayLike<number>,
  position: number,
): { prominence: number; from: number; to: number } {
  const top = record[position]!;
  let [from, to] = [position, position];
  for (let i = position; i >= 0 && record[i]! <= top; i--) if (record[i]! < record[from]!) from = i;
  for (let i = position; i < record.length && record[i]! <= top; i++) if (record[i]! < record[to]!) to = i;
  return { prominence: top - Math.max(record[from]!, record[to]!), from, to };
}

/**
 * Where a record crosses, on both sides of a peak, the level that lies `part` of the prominence below it; interpolated between
 * samples. Where a valley beside the peak is above the level, its lowest sample. Results are those of
 * scipy.signal.peak_widths.
 */
export function extentAt(
  record: ArrayLike<number>,
  position: number,
  part: number,
): { readonly left: number; readonly right: number } {
  const { prominence, from, to } = prominenceOf(record, position);
  return crossings(record, position, record[position]! - prominence * part, from, to);
}

function crossings(
  record: ArrayLike<number>,
  position: number,
  level: number,
  from: number,
  to: number,
): { left: number; right: number } {
  let i = position;
  while (i > from && record[i]! > level) i--;
  let left = i;
  if (record[i]! < level) left += (level - record[i]!) / (record[i + 1]! - record[i]!);
  i = position;
  while (i < to && record[i]! > level) i++;
  let right = i;
  if (record[i]! < level) right -= (level - record[i]!) / (record[i - 1]! - record[i]!);
  return { left, right };
}
