import { convert, isCompatible, type Quantity, type Unit } from '../units/unit.js';
import type { Variable } from './variable.js';

/** One part of an offset that differs from row to row: the numbers of `variable` times `scale`. */
export interface OffsetTerm {
  readonly variable: Variable;
  readonly scale: Quantity;
}

/** Where a grid begins: a fixed time (in the period's unit) and parts per row. */
export interface Offset {
  readonly fixed: number;
  readonly terms: readonly OffsetTerm[];
}

/** Positions on a line: position p stands for offset + p x period. Usually of time; a spectrum has one of frequency. */
export interface Grid {
  readonly period: Quantity;
  readonly offset: Offset;
}

/** No offset. */
export const atZero: Offset = { fixed: 0, terms: [] };

/** The grid on which a position is the number of `unit`s itself. */
export function unitGrid(unit: Unit): Grid {
  return { period: { kind: 'quantity', value: 1, unit }, offset: atZero };
}

/** The grid of samples start, start + step, … of a grid. */
export function sliceGrid(grid: Grid, start: number, step: number): Grid {
  const { period, offset } = grid;
  return {
    period: { ...period, value: period.value * step },
    offset: { fixed: offset.fixed + start * period.value, terms: offset.terms },
  };
}

/** An offset's fixed part in another unit. */
export function fixedIn(grid: Grid, unit: Unit): number {
  return convert(grid.offset.fixed, grid.period.unit, unit);
}

function sameTerms(a: Offset, b: Offset): boolean {
  return (
    a.terms.length === b.terms.length &&
    a.terms.every(({ variable, scale }, index) => {
      const other = b.terms[index];
      return (
        other?.variable === variable &&
        other.scale.value === scale.value &&
        other.scale.unit.text === scale.unit.text
      );
    })
  );
}

/** True when positions on both mean the same. `interval`: only distances matter, offsets do not. */
export function sameGrid(a: Grid, b: Grid, interval = false): boolean {
  if (a === b) return true;
  if (!isCompatible(a.period.unit, b.period.unit)) return false;
  if (convert(a.period.value, a.period.unit, b.period.unit) !== b.period.value) return false;
  return interval || (fixedIn(a, b.period.unit) === b.offset.fixed && sameTerms(a.offset, b.offset));
}
