import type { DataObject, NdArray, Table } from '@countroom/records';

function array(values: readonly number[], attrs: NdArray['attrs'] = {}): NdArray {
  const data = Float64Array.from(values);
  return { kind: 'array', flavor: 'array', dtype: 'float64', shape: [values.length], data, attrs };
}

/** A raw table: a pulse per row whose height grows with the row, and the number of the row. */
export function rawTable(rows: number, samples: number, first = 0): Table {
  const numbers = Array.from({ length: rows }, (_, row) => first + row);
  const data = Uint16Array.from(
    numbers.flatMap((row) => Array.from({ length: samples }, (_, i) => (i < samples / 2 ? 10 : 100 + row))),
  );
  const values: NdArray = {
    kind: 'array',
    flavor: 'aoesa',
    dtype: 'uint16',
    shape: [rows, samples],
    data,
    attrs: {},
  };
  const waveform: Table = {
    kind: 'table',
    rows,
    columns: new Map<string, DataObject>([
      ['values', values],
      [
        'dt',
        array(
          numbers.map(() => 16),
          { units: 'ns' },
        ),
      ],
      [
        't0',
        array(
          numbers.map(() => 0),
          { units: 'ns' },
        ),
      ],
    ]),
    attrs: {},
  };
  return {
    kind: 'table',
    rows,
    columns: new Map<string, DataObject>([
      ['waveform', waveform],
      ['number', array(numbers)],
    ]),
    attrs: {},
  };
}
