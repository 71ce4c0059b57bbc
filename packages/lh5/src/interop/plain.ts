import {
  type DataObject,
  endOffset,
  type NdArray,
  type Opaque,
  rowsOf,
  type Scalar,
  type Struct,
  sliceRows,
} from '@countroom/records';
import { isHistogram } from '../read/kinds.js';

/** Objects as interop/dump.py prints them: integers as text, NaN and infinities by name, complex numbers as pairs. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [name: string]: Plain };

const infinities = new Map([
  [Number.POSITIVE_INFINITY, 'inf'],
  [Number.NEGATIVE_INFINITY, '-inf'],
]);

function numberOf(value: number | bigint, whole: boolean): Plain {
  if (typeof value === 'bigint' || whole) return value.toString();
  return Number.isNaN(value) ? 'nan' : (infinities.get(value) ?? value);
}

function nested(values: readonly Plain[], shape: readonly number[]): Plain {
  if (shape.length <= 1) return values;
  const [rows = 0, ...inner] = shape;
  const width = inner.reduce((total, extent) => total * extent, 1);
  return Array.from({ length: rows }, (_, k) => nested(values.slice(k * width, (k + 1) * width), inner));
}

function numbers(array: NdArray): Plain[] {
  const whole = !array.dtype.startsWith('float');
  return Array.from<number | bigint, Plain>(array.data, (value) =>
    array.dtype === 'bool' ? value !== 0 : numberOf(value, whole),
  );
}

function complexNumbers({ bytes }: Opaque): Plain[] {
  const parts = new Float64Array(bytes.slice().buffer);
  return Array.from({ length: parts.length / 2 }, (_, k) => [
    numberOf(parts[2 * k]!, false),
    numberOf(parts[2 * k + 1]!, false),
  ]);
}

function unitsOf({ attrs }: DataObject): { units?: Plain } {
  return typeof attrs['units'] === 'string' ? { units: attrs['units'] } : {};
}

function scalarOf({ value, dtype }: Scalar): Plain {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return numberOf(value, dtype?.startsWith('float') !== true);
}

function vectorsOf(object: Extract<DataObject, { kind: 'vov' }>): Plain[] {
  const { flattened } = object;
  return Array.from({ length: rowsOf(object) }, (_, row) => {
    const part = sliceRows(flattened, endOffset(object, row - 1), endOffset(object, row));
    if (part.kind === 'vov') return vectorsOf(part);
    return part.kind === 'strings' ? part.values : numbers(part);
  });
}

function fieldOf(object: DataObject | undefined, name: string): DataObject | undefined {
  return object?.kind === 'struct' ? object.fields.get(name) : undefined;
}

function edgesOf(axis: DataObject, bins: number): Plain {
  const edges = fieldOf(axis, 'binedges');
  if (edges?.kind === 'array') return numbers(edges);
  const [first = 0, last = 0] = ['first', 'last'].map((name) => {
    const value = fieldOf(edges, name);
    return value?.kind === 'scalar' ? Number(value.value) : 0;
  });
  return Array.from({ length: bins + 1 }, (_, k) => first + ((last - first) / bins) * k);
}

function histogramOf(object: Struct): Plain {
  const weights = object.fields.get('weights');
  const binning = object.fields.get('binning');
  if (weights?.kind !== 'array' || binning?.kind !== 'struct') throw new TypeError('this is no histogram');
  const axes = [...binning.fields].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, axis]) => axis);
  return {
    histogram: nested(numbers(weights), weights.shape),
    edges: axes.map((axis, k) => edgesOf(axis, weights.shape[k] ?? 0)),
  };
}

function fieldsOf(fields: ReadonlyMap<string, DataObject>): Plain {
  return Object.fromEntries(
    [...fields].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, field]) => [name, plain(field)]),
  );
}

/** An object in the form in which the clients in Python print it. */
export function plain(object: DataObject): Plain {
  switch (object.kind) {
    case 'scalar':
      return { scalar: scalarOf(object), ...unitsOf(object) };
    case 'array':
      return { array: nested(numbers(object), object.shape), shape: object.shape, ...unitsOf(object) };
    case 'strings':
      return { array: object.values, shape: [object.values.length], ...unitsOf(object) };
    case 'opaque':
      if (object.shape.length === 0) return { scalar: complexNumbers(object)[0] ?? '' };
      return { array: complexNumbers(object), shape: object.shape, ...unitsOf(object) };
    case 'vov':
      return { vectors: vectorsOf(object) };
    case 'table':
      return { table: fieldsOf(object.columns) };
    case 'struct':
      return isHistogram(object) ? histogramOf(object) : { struct: fieldsOf(object.fields) };
    case 'encoded':
      throw new TypeError('encoded waveforms are compared after they have been decoded');
  }
}
