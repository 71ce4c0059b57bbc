import { cast, isFloat, type Kind, newArray, type Vector } from '@countroom/expressions';
import type { HitSelection } from './hit-selection.js';

/** What a field is for events in which no hit counts. */
export type Initial = number | boolean;

/** Values of the chosen hits, and which of them count (1). */
export interface HitValues {
  readonly selection: HitSelection;
  readonly values: Vector;
  readonly counts: Uint8Array;
}

/** Greatest whole numbers of a kind, by what lies one above. */
const aboveInt32 = 2 ** 31;
const aboveInt64 = 2 ** 63;

/**
 * Kind of a field: that of the values when the initial value can be held by it, else that of the initial value.
 * Sums of truth values are counts.
 */
export function fieldKind(values: Kind, initial: Initial, counting = false): Kind {
  if (typeof initial === 'boolean') return values;
  if (!Number.isInteger(initial)) return isFloat(values) ? values : 'float64';
  if (isFloat(values)) return values;
  if (initial < -aboveInt64 || initial >= aboveInt64) return 'float64';
  const wide = initial < -aboveInt32 || initial >= aboveInt32;
  if (values === 'bool') return counting || (initial !== 0 && initial !== 1) ? 'int64' : values;
  return wide ? 'int64' : values;
}

/** I + Σ E over the hits that count. */
export function sumHits({ selection, values, counts }: HitValues, initial: Initial): Vector {
  const kind = fieldKind(values.kind, initial, true);
  const data = filled(kind, selection.ends.length, initial);
  const { event } = selection;
  if (data instanceof BigInt64Array) {
    const summed = cast(values, 'int64').data;
    for (let i = 0; i < event.length; i++)
      if (counts[i] === 1) data[event[i]!] = data[event[i]!]! + summed[i * values.step]!;
    return { kind, data, step: 1 };
  }
  const sums = Float64Array.from(data);
  const summed = cast(values, 'float64').data;
  for (let i = 0; i < event.length; i++) {
    if (counts[i] === 1) sums[event[i]!] = sums[event[i]!]! + summed[i * values.step]!;
  }
  return cast({ kind: 'float64', data: sums, step: 1 }, kind);
}

/** I or ⋁ (E and Q). */
export function anyHit({ selection, values, counts }: HitValues, initial: Initial): Vector {
  const data = new Uint8Array(selection.ends.length).fill(truth(initial));
  const { event } = selection;
  for (let i = 0; i < event.length; i++) {
    if (counts[i] === 1 && values.data[i * values.step]) data[event[i]!] = 1;
  }
  return { kind: 'bool', data, step: 1 };
}

/** I and ⋀ (E and Q): a hit that does not count makes it false. */
export function allHits({ selection, values, counts }: HitValues, initial: Initial): Vector {
  const data = new Uint8Array(selection.ends.length).fill(truth(initial));
  const { event } = selection;
  for (let i = 0; i < event.length; i++) {
    if (counts[i] === 0 || !values.data[i * values.step]) data[event[i]!] = 0;
  }
  return { kind: 'bool', data, step: 1 };
}

/** E of the counting hit with the least (`first`) or greatest (`last`) value of a field; the first of equals. */
export function hitAt(
  { selection, values, counts }: HitValues,
  field: Vector,
  which: 'first' | 'last',
  initial: Initial,
): Vector {
  const { ends } = selection;
  const best = new Int32Array(ends.length).fill(-1);
  for (let e = 0, from = 0; e < ends.length; from = ends[e]!, e++) {
    for (let i = from; i < ends[e]!; i++) {
      const at = field.data[i * field.step]!;
      if (counts[i] === 0 || (typeof at === 'number' && Number.isNaN(at))) continue;
      const least = best[e]! < 0 ? undefined : field.data[best[e]! * field.step]!;
      if (least === undefined || (which === 'first' ? at < least : at > least)) best[e] = i;
    }
  }
  return pickHits(values, best, initial);
}

/** The values at places among the chosen hits; −1 stands for the initial value. */
export function pickHits(values: Vector, at: Int32Array, initial: Initial): Vector {
  const kind = fieldKind(values.kind, initial);
  const data = filled(kind, at.length, initial);
  const { data: from, step } = cast(values, kind);
  for (let i = 0; i < at.length; i++) if (at[i]! >= 0) data[i] = from[at[i]! * step]!;
  return { kind, data, step: 1 };
}

/** The places of the counting hits of each event, in order; ordered by a field when one is given. */
export function gatherPlaces(
  { selection, counts }: Pick<HitValues, 'selection' | 'counts'>,
  sort?: { readonly field: Vector; readonly descending: boolean },
): { readonly places: Int32Array; readonly offsets: Int32Array } {
  const { ends } = selection;
  const places = new Int32Array(counts.reduce((sum, one) => sum + one, 0));
  const offsets = new Int32Array(ends.length + 1);
  let out = 0;
  for (let e = 0, from = 0; e < ends.length; from = ends[e]!, e++) {
    const first = out;
    for (let i = from; i < ends[e]!; i++) {
      if (counts[i] !== 1) continue;
      // Each is moved forward past those that come behind it; lists are short.
      let at = out++;
      if (sort !== undefined && at - first < shortList)
        for (; at > first && byField(sort.field, sort.descending, places[at - 1]!, i) > 0; at--)
          places[at] = places[at - 1]!;
      places[at] = i;
    }
    if (sort !== undefined && out - first > shortList)
      places.subarray(first, out).sort((a, b) => byField(sort.field, sort.descending, a, b));
    offsets[e + 1] = out;
  }
  return { places, offsets };
}

/** Longer lists are left to the engine's own sort. */
const shortList = 32;

/** Order of two hits by a field; missing values come last, equal ones stay as they were. */
function byField(field: Vector, descending: boolean, a: number, b: number): number {
  const x = field.data[a * field.step]!;
  const y = field.data[b * field.step]!;
  const missingX = x !== x;
  const missingY = y !== y;
  if (missingX || missingY) return Number(missingX) - Number(missingY) || a - b;
  if (x === y) return a - b;
  return x < y === descending ? 1 : -1;
}

function filled(kind: Kind, length: number, initial: Initial): Vector['data'] {
  const data = newArray(kind, length);
  if (data instanceof BigInt64Array) data.fill(BigInt(Number(initial)));
  else data.fill(Number(initial));
  return data;
}

function truth(initial: Initial): number {
  return initial === true || (typeof initial === 'number' && initial !== 0 && !Number.isNaN(initial)) ? 1 : 0;
}
