import { calibrate, chargeTrapping, noiseWidth, peakWidth, spreadOf, widthError } from '@countroom/analysis';
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
export function figureNames({ of, cut, drift }: Figure): string[] {
  const texts = [of, cut, drift].filter((text) => text !== undefined);
  return [...new Set(texts.flatMap(expressionNames))];
}

/** What a figure is, without its unit. */
export function figureLabel({ kind, of, energy, further, at, fraction }: Figure): string {
  switch (kind) {
    case 'line': {
      const place = further.length === 0 ? energy : at;
      const width = further.length === 0 && fraction !== 0.5 ? `Width at ${fraction} of the height` : 'FWHM';
      return `${width} at ${place} keV of ${of}`;
    }
    case 'noise':
      return `FWHM of noise of ${of}`;
    case 'spread':
      return `FWHM of ${of}`;
    case 'relative-spread':
      return `FWHM / median of ${of}`;
  }
}

/** Unit of a figure of what a chain made; empty where it has none or it is not known. */
export function figureUnit({ kind, of }: Figure, table: Table): string {
  if (kind === 'line') return 'keV';
  const units = kind === 'spread' || kind === 'noise' ? table.columns.get(of)?.attrs['units'] : undefined;
  return typeof units === 'string' ? units : '';
}

/** The figure of merit of what a chain made. Throws an ExpressionError for expressions that do not fit it. */
export function meritOf(figure: Figure, table: Table): Merit {
  const values = figureValues(figure, table);
  const { kind } = figure;
  try {
    if (kind === 'line') return lineMerit(figure, values, table);
    if (kind === 'noise') {
      const { fwhm, fwhmError } = noiseWidth(values);
      return { value: fwhm, error: fwhmError };
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

function lineMerit(figure: Figure, values: Float64Array, table: Table): Merit {
  const { energy, reach, guess = 1, further, at, fraction, drift } = figure;
  const line = { name: 'line', energy, below: reach, above: reach };
  if (drift !== undefined) {
    const times = figureValues({ ...figure, of: drift }, table);
    const { after } = chargeTrapping(values, times, { line, guess, fraction, withError: false });
    return { value: after.width, error: after.widthError };
  }
  const lines = [line, ...further.map((one) => ({ ...line, energy: one }))];
  const found = calibrate(values, {
    lines,
    degree: lines.length === 1 ? 0 : 1,
    guess,
    resolutionAt: at,
    resolutionShape: 'linear',
  });
  if (further.length > 0) {
    const { resolution } = found;
    return resolution === undefined
      ? noMerit('fewer than two lines could be fitted')
      : { value: resolution.fwhm, error: resolution.fwhmError };
  }
  const { fit } = found.lines[0]!;
  const scale = found.coefficients[1]!;
  return { value: peakWidth(fit.peak, fraction) * scale, error: widthError(fit, fraction) * scale };
}

/** The values that a figure is made of: those of the rows that pass its cut. Throws an ExpressionError. */
export function figureValues({ of, cut }: Pick<Figure, 'of' | 'cut'>, table: Table): Float64Array {
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
