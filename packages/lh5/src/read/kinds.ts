import type { DataObject, Table } from '@countroom/records';

const histogramFields = 'binning,isdensity,weights';

/** Whether the fields of a struct are those of a histogram. */
export function areHistogramFields(fields: readonly string[]): boolean {
  return [...fields].sort().join() === histogramFields;
}

/** Whether an object is a histogram: a struct of exactly binning, weights and isdensity. */
export function isHistogram(object: DataObject): boolean {
  return object.kind === 'struct' && areHistogramFields([...object.fields.keys()]);
}

/** Whether an object is a waveform table: exactly the columns dt, t0 and values. */
export function isWaveformTable(object: DataObject): object is Table {
  return object.kind === 'table' && [...object.columns.keys()].sort().join() === 'dt,t0,values';
}

/** Units of an object: for vectors those of the inner data before those of the group. Undefined when not stated. */
export function unitsOf(object: DataObject): string | undefined {
  const inner = object.kind === 'vov' ? unitsOf(object.flattened) : undefined;
  const own = object.attrs['units'];
  return inner ?? (typeof own === 'string' ? own : undefined);
}
