import type { Vector } from '@countroom/expressions';
import type { CoincidenceMap } from '../coincidence/coincidence-map.js';
import { type HitValues, type Initial, pickHits } from './aggregate.js';

/** A field of the event table that says where to look: one number or one list of numbers per event. */
type Pointers = Vector;

/**
 * E of the event's hit whose table key equals the field's value, the first one if the channel has several; the initial
 * value where the channel has no counting hit. Lists keep their shape.
 */
export function keepAtChannel(
  hits: HitValues,
  field: Pointers,
  map: CoincidenceMap,
  keys: readonly number[],
  initial: Initial,
): Vector {
  const { selection, counts } = hits;
  const places = lookUp(field, (event, key) => {
    for (let i = event === 0 ? 0 : selection.ends[event - 1]!; i < selection.ends[event]!; i++) {
      if (counts[i] === 1 && keys[map.table[selection.hits[i]!]!] === key) return i;
    }
    return -1;
  });
  return shaped(pickHits(hits.values, places, initial), field);
}

/** E of the hit at a place in the map (`tcm.index`); the initial value where it is not among the counting hits. */
export function keepAtIndex(hits: HitValues, field: Pointers, firstHit: number, initial: Initial): Vector {
  const { selection, counts } = hits;
  const placeOf = new Int32Array(selection.hits.reduce((most, hit) => Math.max(most, hit + 1), 0)).fill(-1);
  selection.hits.forEach((hit, place) => {
    if (counts[place] === 1) placeOf[hit] = place;
  });
  const places = lookUp(field, (_, index) => placeOf[index - firstHit] ?? -1);
  return shaped(pickHits(hits.values, places, initial), field);
}

function lookUp(field: Pointers, find: (event: number, value: number) => number): Int32Array {
  const places = new Int32Array(field.data.length).fill(-1);
  const put = (event: number, i: number): void => {
    if (field.valid?.[i] !== 0) places[i] = find(event, Number(field.data[i]));
  };
  const [starts] = field.offsets ?? [];
  if (starts === undefined) for (let event = 0; event < places.length; event++) put(event, event);
  else {
    for (let event = 0; event + 1 < starts.length; event++) {
      for (let i = starts[event]!; i < starts[event + 1]!; i++) put(event, i);
    }
  }
  return places;
}

function shaped(values: Vector, { offsets }: Pointers): Vector {
  return offsets === undefined ? values : { ...values, offsets };
}
