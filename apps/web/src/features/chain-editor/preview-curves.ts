import type { DataArray, RecordBatch } from '@countroom/records';

/** One waveform of one row. */
export interface PreviewCurve {
  readonly name: string;
  readonly row: number;
  readonly x: Float64Array;
  readonly values: Float64Array;
  readonly unit: string;
  /** `ns` for times, `MHz` for frequencies; empty: the number of the element. */
  readonly xUnit: '' | 'ns' | 'MHz';
  /** The chain that it is compared with, when it is of that one. */
  readonly of?: string;
}

const nanoseconds: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9 };
const inverse = (unit: string): readonly string[] => [
  `1/${unit}`,
  `1 / ${unit}`,
  `${unit}^-1`,
  `${unit}**-1`,
];
const megahertz: Readonly<Record<string, number>> = {
  Hz: 1e-6,
  kHz: 1e-3,
  MHz: 1,
  GHz: 1e3,
  ...Object.fromEntries(
    Object.entries(nanoseconds).flatMap(([unit, factor]) =>
      inverse(unit).map((text) => [text, 1e3 / factor]),
    ),
  ),
};

/** How a period is counted on the x axis. */
function axisOf(unit: string): { readonly xUnit: PreviewCurve['xUnit']; readonly factor: number } {
  const time = nanoseconds[unit];
  if (time !== undefined) return { xUnit: 'ns', factor: time };
  const frequency = megahertz[unit];
  return frequency === undefined ? { xUnit: '', factor: 1 } : { xUnit: 'MHz', factor: frequency };
}

/**
 * Waveforms, spectra and other arrays of a result, row by row; times in nanoseconds, frequencies in megahertz. Of arrays with two
 * axes each line is a curve. `firstRow`: number of the batch's first row, or the numbers of all.
 */
export function curvesOf(
  batch: RecordBatch,
  show: readonly string[],
  firstRow: number | readonly number[],
): PreviewCurve[] {
  const rowAt = (row: number): number =>
    typeof firstRow === 'number' ? firstRow + row : (firstRow[row] ?? row);
  return show.flatMap((name) => {
    const place = batch.schema.columns.findIndex((one) => one.name === name || one.name === `${name}/values`);
    const schema = batch.schema.columns[place];
    const column = batch.columns[place];
    if (schema === undefined || column === undefined) return [];
    const width = schema.shape.reduce((product, extent) => product * extent, 1);
    if (!schema.variableLength && schema.shape.length === 0) return [];
    const number = (part: string, row: number): number | undefined => {
      const index = batch.schema.columns.findIndex((one) => one.name === `${name}/${part}`);
      const value = batch.columns[index]?.data[row];
      return value === undefined ? undefined : Number(value);
    };
    const unitOf = (part: string): string =>
      batch.schema.columns.find((one) => one.name === `${name}/${part}`)?.units ?? '';
    const { xUnit, factor } = axisOf(unitOf('dt'));
    const length = schema.shape.at(-1) ?? 0;
    return Array.from({ length: batch.rows }, (_, row): PreviewCurve[] => {
      const [from, to] = column.offsets
        ? [column.offsets[row] ?? 0, column.offsets[row + 1] ?? 0]
        : [row * width, (row + 1) * width];
      const dt = xUnit === '' ? 1 : (number('dt', row) ?? 1) * factor;
      const t0 = xUnit === '' ? 0 : (number('t0', row) ?? 0) * axisOf(unitOf('t0')).factor;
      const lines = schema.variableLength || length === 0 ? 1 : width / length;
      return Array.from({ length: lines }, (_line, line) => {
        const begin = from + line * length;
        const part = column.data.subarray(lines === 1 ? from : begin, lines === 1 ? to : begin + length);
        const values = numbersOf(part);
        const x = new Float64Array(values.length);
        for (let index = 0; index < x.length; index += 1) x[index] = t0 + index * dt;
        return {
          name: lines === 1 ? name : `${name}[${line}]`,
          row: rowAt(row),
          x,
          values,
          unit: schema.units ?? '',
          xUnit,
        };
      });
    }).flat();
  });
}

function numbersOf(data: DataArray): Float64Array {
  return data instanceof BigInt64Array || data instanceof BigUint64Array
    ? Float64Array.from(data, Number)
    : new Float64Array(data);
}

/** A number of each row. */
export interface PreviewScalar {
  readonly name: string;
  readonly unit: string;
  readonly values: readonly (number | bigint)[];
}

/** Every plain number of a result. */
export function scalarsOf(batch: RecordBatch): PreviewScalar[] {
  return batch.schema.columns.flatMap((schema, index) => {
    const { data } = batch.columns[index]!;
    if (schema.shape.length > 0 || schema.variableLength || schema.name.includes('/')) return [];
    return [
      {
        name: schema.name,
        unit: schema.units ?? '',
        values: Array.from({ length: batch.rows }, (_, row) => data[row]!),
      },
    ];
  });
}

/** Time in nanoseconds of a number that is one; undefined for everything else. */
export function timeOf(scalar: PreviewScalar, row: number): number | undefined {
  const factor = nanoseconds[scalar.unit];
  const value = Number(scalar.values[row] ?? Number.NaN);
  return factor === undefined || !Number.isFinite(value) ? undefined : value * factor;
}

export function scalarText(value: number | bigint | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'bigint') return value.toString();
  if (!Number.isFinite(value)) return String(value);
  return Number.isInteger(value) && Math.abs(value) < 1e15
    ? value.toString()
    : Number(value.toPrecision(7)).toString();
}
