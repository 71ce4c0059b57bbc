import { calibrate, spreadOf } from '@countroom/analysis';
import {
  columnAt,
  columnTypes,
  compileExpression,
  expressionNames,
  toVector,
  type Vector,
} from '@countroom/expressions';
import type { Table } from '@countroom/records';
import type { OptimiseOptions } from './optimise-options.js';

/** A figure of merit: the smaller, the better; NaN where it could not be found. */
export interface Merit {
  readonly value: number;
  readonly error: number;
}

type Figure = OptimiseOptions['figure'];

/** Variables that a figure is made of. */
export function figureNames({ of, cut }: Figure): string[] {
  return [...new Set([of, ...(cut === undefined ? [] : [cut])].flatMap(expressionNames))];
}

/** Unit of a figure, for axes. */
export function figureLabel({ kind, of, energy }: Figure): string {
  switch (kind) {
    case 'line':
      return `FWHM at ${energy} keV of ${of} (keV)`;
    case 'spread':
      return `FWHM of ${of}`;
    case 'relative-spread':
      return `FWHM / median of ${of}`;
  }
}

/** The figure of merit of what a chain made. Throws an ExpressionError for expressions that do not fit it. */
export function meritOf(figure: Figure, table: Table): Merit {
  const values = valuesOf(figure, table);
  const { kind, energy, reach, guess } = figure;
  try {
    if (kind === 'line') {
      const line = { name: 'line', energy, below: reach, above: reach };
      const [found] = calibrate(values, {
        lines: [line],
        degree: 0,
        ...(guess === undefined ? {} : { guess }),
      }).lines;
      return { value: found!.fwhm, error: found!.fwhmError };
    }
    const { median, fwhm, fwhmError } = spreadOf(values);
    return kind === 'spread'
      ? { value: fwhm, error: fwhmError }
      : { value: fwhm / Math.abs(median), error: fwhmError / Math.abs(median) };
  } catch (error) {
    if (error instanceof RangeError) return { value: Number.NaN, error: Number.NaN };
    throw error;
  }
}

function valuesOf({ of, cut }: Figure, table: Table): Float64Array {
  const types = columnTypes(table);
  const vectors = new Map<string, Vector>();
  for (const name of types.keys()) {
    const column = columnAt(table, name);
    if (column !== undefined) vectors.set(name, toVector(column));
  }
  const all = compileExpression(of, types).evaluate(vectors, table.rows).data;
  const passes =
    cut === undefined ? undefined : compileExpression(cut, types).evaluate(vectors, table.rows).data;
  return Float64Array.from(all as ArrayLike<number>, Number).filter(
    (_, row) => passes === undefined || Number(passes[row]) !== 0,
  );
}
