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

/** A figure of merit: the smaller, the better; NaN where it could not be found, for a reason. */
export interface Merit {
  readonly value: number;
  readonly error: number;
  readonly reason?: string;
}

/** No figure, and why. */
export function noMerit(reason: string): Merit {
  return { value: Number.NaN, error: Number.NaN, reason };
}

type Figure = OptimiseOptions['figure'];

/** Variables that a figure is made of. */
export function figureNames({ of, cut }: Figure): string[] {
  return [...new Set([of, ...(cut === undefined ? [] : [cut])].flatMap(expressionNames))];
}

/** What a figure is, without its unit. */
export function figureLabel({ kind, of, energy }: Figure): string {
  switch (kind) {
    case 'line':
      return `FWHM at ${energy} keV of ${of}`;
    case 'spread':
      return `FWHM of ${of}`;
    case 'relative-spread':
      return `FWHM / median of ${of}`;
  }
}

/** Unit of a figure of what a chain made; empty where it has none or it is not known. */
export function figureUnit({ kind, of }: Figure, table: Table): string {
  if (kind === 'line') return 'keV';
  const units = kind === 'spread' ? table.columns.get(of)?.attrs['units'] : undefined;
  return typeof units === 'string' ? units : '';
}

/** The figure of merit of what a chain made. Throws an ExpressionError for expressions that do not fit it. */
export function meritOf(figure: Figure, table: Table): Merit {
  const values = figureValues(figure, table);
  const { kind, energy, reach, guess } = figure;
  try {
    if (kind === 'line') {
      const line = { name: 'line', energy, below: reach, above: reach };
      const [found] = calibrate(values, {
        lines: [line],
        degree: 0,
        ...(guess === undefined ? {} : { guess }),
      }).lines;
      if (found === undefined || !Number.isFinite(found.fwhm))
        return noMerit(`the line at ${energy} keV could not be fitted`);
      return { value: found.fwhm, error: found.fwhmError };
    }
    const { median, fwhm, fwhmError } = spreadOf(values);
    return kind === 'spread'
      ? { value: fwhm, error: fwhmError }
      : { value: fwhm / Math.abs(median), error: fwhmError / Math.abs(median) };
  } catch (error) {
    if (error instanceof RangeError) return noMerit(error.message);
    throw error;
  }
}

/** The values that a figure is made of: those of the rows that pass its cut. Throws an ExpressionError. */
export function figureValues({ of, cut }: Figure, table: Table): Float64Array {
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
