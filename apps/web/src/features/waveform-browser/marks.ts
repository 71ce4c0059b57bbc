import type { Shape } from '../../lib/waveforms/shape';
import { timeFactor } from '../../lib/waveforms/time-unit';

/** Numbers of a column in one row; a list has several or none. */
export interface RowValue {
  readonly values: readonly number[];
  readonly units: string | null;
}

/** A line across the plot: at a time, or at a value, in what the plot is drawn in. */
export interface Mark {
  readonly name: string;
  readonly axis: 'x' | 'y';
  readonly at: number;
}

/** Lines of a column: at times, less the shift, when its unit is one of time; else at values, divided by the scale. */
export function marksOf(
  name: string,
  { values, units }: RowValue,
  timeUnit: string,
  shape: Shape,
): readonly Mark[] {
  const factor = timeFactor(units, timeUnit);
  return values
    .filter((value) => Number.isFinite(value))
    .map((value) =>
      factor === null
        ? { name, axis: 'y', at: value / shape.scale }
        : { name, axis: 'x', at: value * factor - shape.shift },
    );
}

/** `1.234e+4 keV`: a value in a legend. */
export function valueText({ values, units }: RowValue): string {
  const shown = values
    .slice(0, 3)
    .map((value) => (Number.isNaN(value) ? 'nan' : String(Number(value.toPrecision(4)))));
  const text = values.length > 3 ? `${shown.join(', ')}, …` : shown.join(', ');
  return units === null || units === '' ? text : `${text} ${units}`;
}
