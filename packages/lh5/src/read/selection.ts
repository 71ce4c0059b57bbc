import { concatRows, type DataObject, hasRows, type RowObject, sliceRows } from '@countroom/records';
import { Lh5Error, type Lh5ErrorPlace } from '../errors.js';
import type { RowRange, RowSelection } from '../ports.js';

function refuse(reason: string, place: Lh5ErrorPlace): never {
  throw new Lh5Error('argument-invalid', reason, place);
}

function* indexRanges(indices: ArrayLike<number>, place: Lh5ErrorPlace): Generator<RowRange> {
  let start = -1;
  let stop = -1;
  for (let k = 0; k < indices.length; k += 1) {
    const index = indices[k]!;
    if (!Number.isSafeInteger(index) || index < 0) refuse(`${index} is no number of a row`, place);
    if (index < stop) refuse(`the numbers of rows do not increase: ${index} comes after ${stop - 1}`, place);
    if (index !== stop) {
      if (start >= 0) yield [start, stop];
      start = index;
    }
    stop = index + 1;
  }
  if (start >= 0) yield [start, stop];
}

function* maskRanges(mask: ArrayLike<number | boolean>): Generator<RowRange> {
  let start = -1;
  for (let k = 0; k < mask.length; k += 1) {
    const wanted = mask[k] !== 0 && mask[k] !== false;
    if (wanted && start < 0) start = k;
    if (!wanted && start >= 0) {
      yield [start, k];
      start = -1;
    }
  }
  if (start >= 0) yield [start, mask.length];
}

function* givenRanges(ranges: readonly RowRange[], place: Lh5ErrorPlace): Generator<RowRange> {
  let before = 0;
  for (const [start, stop] of ranges) {
    const valid = Number.isSafeInteger(start) && Number.isSafeInteger(stop) && start <= stop;
    if (!valid || start < before) refuse(`the ranges of rows do not increase at ${start}:${stop}`, place);
    before = stop;
    if (stop > start) yield [start, stop];
  }
}

/**
 * The selected rows from `first` to `last` (not included) as ranges, numbers next to each other put together. Fails when they
 * are not numbers of rows in increasing order.
 */
export function selectedRanges(
  selection: RowSelection,
  [first, last]: RowRange,
  place: Lh5ErrorPlace = {},
): RowRange[] {
  const found: RowRange[] = [];
  const all =
    'indices' in selection
      ? indexRanges(selection.indices, place)
      : 'mask' in selection
        ? maskRanges(selection.mask)
        : givenRanges(selection.ranges, place);
  for (const [start, stop] of all) {
    const [from, to] = [Math.max(start, first), Math.min(stop, last)];
    if (from < to) found.push([from, to]);
  }
  return found;
}

/** Rows that are read in one go although not all of them are wanted. */
const windowRows = 1024;

/** Ranges that are near to each other, to be read together. */
function windows(ranges: readonly RowRange[]): RowRange[][] {
  const found: RowRange[][] = [];
  for (const range of ranges) {
    const current = found.at(-1);
    const start = current?.[0]?.[0];
    if (current !== undefined && start !== undefined && range[1] - start <= windowRows) current.push(range);
    else found.push([range]);
  }
  return found;
}

function rowsOf(object: DataObject, place: Lh5ErrorPlace): RowObject {
  return hasRows(object) ? object : refuse('has no rows: leave the choice of rows away', place);
}

/** Reads the selected of `count` rows (undefined: the object has none) with what reads a range of them. */
export function readSelected(
  count: number | undefined,
  selection: RowSelection,
  rows: RowRange | undefined,
  place: Lh5ErrorPlace,
  read: (rows: RowRange) => DataObject,
): DataObject {
  if (count === undefined) refuse('has no rows: leave the choice of rows away', place);
  const within: RowRange = [rows?.[0] ?? 0, Math.min(rows?.[1] ?? count, count)];
  const ranges = selectedRanges(selection, within, place);
  const parts = windows(ranges).flatMap((near) => {
    const start = near[0]![0];
    const window = rowsOf(read([start, near.at(-1)![1]]), place);
    return near.map(([from, to]) => sliceRows(window, from - start, to - start));
  });
  if (parts.length === 0) return read([0, 0]);
  return parts.length === 1 ? parts[0]! : concatRows(parts);
}
