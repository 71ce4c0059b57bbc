import type { WaveformsPreview } from '@countroom/contracts';
import { asStored, highestPoint, type Shape, shaped, startLevel } from '../../lib/waveforms/shape';
import { timeFactor } from '../../lib/waveforms/time-unit';
import type { PreviewCurve } from '../chain-editor/preview-curves';
import { templateText } from './legend-template';
import { type Mark, marksOf, type RowValue, valueText } from './marks';
import type { Curve } from './waveform-curves';

/** How curves are put on top of each other. Each is empty (as stored), a word, or the token of a column. */
export interface Look {
  /** Baseline that is taken away: `start` for the median of the first samples. */
  readonly base: string;
  /** What values are divided by: `max` for the greatest distance from the baseline. */
  readonly norm: string;
  /** What becomes time 0: `max` for the highest point. */
  readonly align: string;
  /** Columns that are drawn as lines. */
  readonly lines: readonly string[];
  /** Columns whose values stand in the legend. */
  readonly legend: readonly string[];
  /** Template of the legend, in place of row and values; empty for those. */
  readonly text: string;
}

/** A column in a row of a table; undefined as long as it is not known. */
export type ValueAt = (table: string, token: string, row: number) => RowValue | undefined;

export interface DrawnCurve extends Curve {
  readonly id: string;
  readonly table: string;
  readonly row: number;
  readonly label: string;
  readonly marks: readonly Mark[];
  /** Values of the columns of the legend, by token. */
  readonly facts: Readonly<Record<string, RowValue>>;
  /** Name of the chain's waveform that it is; undefined for those of the file. */
  readonly variable?: string;
}

/** Waveforms of one table. */
export interface TableWaveforms {
  /** Path of the table, for its columns. */
  readonly table: string;
  /** Stands before the row in labels when there are several tables; else empty. */
  readonly name: string;
  readonly whole: WaveformsPreview;
}

/** A curve that could not be put in its place, and why. */
export interface Left {
  readonly label: string;
  readonly reason: string;
}

export interface ShapedRow {
  readonly label: string;
  readonly shape: Shape | string;
}

/** The shape of each row by the look, found from whole waveforms; a text says why there is none. */
export function shapesOf(
  { table, name, whole }: TableWaveforms,
  look: Look,
  valueAt: ValueAt,
): ReadonlyMap<number, ShapedRow> {
  return new Map(
    whole.waveforms.map((waveform) => {
      const { row } = waveform;
      const label = name === '' ? `row ${row}` : `${name} row ${row}`;
      const points = { times: waveform.times, values: numbersOf(waveform.values) };
      const column = (token: string): RowValue | undefined => valueAt(table, token, row);
      return [row, { label, shape: shapeOf(points, whole.timeUnit, look, column) }];
    }),
  );
}

/** Curves in their shapes, with lines and legends. Rows whose shape is not known are left out. */
export function drawnCurves(
  { table, whole }: TableWaveforms,
  shown: WaveformsPreview,
  shapes: ReadonlyMap<number, ShapedRow>,
  look: Look,
  valueAt: ValueAt,
): DrawnCurve[] {
  return shown.waveforms.flatMap(({ row, times, values }) => {
    const { label, shape } = shapes.get(row) ?? { label: '', shape: '' };
    if (typeof shape === 'string') return [];
    const of = (tokens: readonly string[]): readonly (readonly [string, RowValue])[] =>
      tokens.flatMap((token) => {
        const value = valueAt(table, token, row);
        return value === undefined ? [] : [[token, value] as const];
      });
    const facts = of(look.legend);
    const shortFacts = facts.map(([token, value]) => `${shortName(token)} ${valueText(value)}`);
    return [
      {
        id: `${table} ${row}`,
        table,
        row,
        label:
          look.text === ''
            ? [label, ...shortFacts].join(', ')
            : templateText(look.text, { row, table }, (token) => valueAt(table, token, row)),
        marks: of(look.lines).flatMap(([token, value]) =>
          marksOf(shortName(token), value, whole.timeUnit, shape),
        ),
        facts: Object.fromEntries(facts),
        ...shaped({ times, values: numbersOf(values) }, shape),
      },
    ];
  });
}

/** Waveforms that a chain made, put where those of the file stand; a baseline is not taken from them, a scale is. */
export function derivedCurves(
  { table }: TableWaveforms,
  computed: readonly PreviewCurve[],
  timeUnit: string,
  shapes: ReadonlyMap<number, ShapedRow>,
): DrawnCurve[] {
  const factor = timeFactor('ns', timeUnit) ?? 1;
  return computed.flatMap(({ name, row, x, values, xUnit }) => {
    const { label, shape } = shapes.get(row) ?? { label: '', shape: '' };
    if (typeof shape === 'string' || xUnit !== 'ns') return [];
    const times = x.map((time) => time * factor);
    return [
      {
        id: `${table} ${row} ${name}`,
        table,
        row,
        variable: name,
        label: `${name} of ${label}`,
        marks: [],
        facts: {},
        ...shaped({ times, values }, { ...shape, offset: 0 }),
      },
    ];
  });
}

/** `trapEmax` of `dsp/trapEmax`. */
export function shortName(token: string): string {
  return token.split('/').slice(1).join('/');
}

function numbersOf(values: readonly (number | null)[]): Float64Array {
  return Float64Array.from(values, (value) => value ?? Number.NaN);
}

function shapeOf(
  points: { readonly times: readonly number[]; readonly values: Float64Array },
  timeUnit: string,
  { base, norm, align }: Look,
  column: (token: string) => RowValue | undefined,
): Shape | string {
  const number = (token: string): number => {
    const value = column(token)?.values;
    return value?.length === 1 ? value[0]! : Number.NaN;
  };
  const offset = base === '' ? 0 : base === 'start' ? startLevel(points.values) : number(base);
  if (!Number.isFinite(offset)) return `${shortName(base)} has no value to take away`;
  const high = norm === 'max' || align === 'max' ? highestPoint(points, offset) : null;
  const scale = norm === '' ? 1 : norm === 'max' ? (high?.height ?? Number.NaN) : number(norm);
  if (!Number.isFinite(scale) || scale === 0)
    return `${norm === 'max' ? 'its height' : shortName(norm)} is no number to divide by`;
  if (align === '') return { ...asStored, offset, scale };
  const factor = align === 'max' ? 1 : (timeFactor(column(align)?.units ?? null, timeUnit) ?? 1);
  const shift = align === 'max' ? (high?.time ?? Number.NaN) : number(align) * factor;
  return Number.isFinite(shift)
    ? { shift, offset, scale }
    : `${align === 'max' ? 'it' : shortName(align)} has no time to align at`;
}
