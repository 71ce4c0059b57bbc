import {
  allocate,
  type DataObject,
  type Dtype,
  type NdArray,
  type Opaque,
  type Struct,
  type Table,
  type VectorOfVectors,
} from '@countroom/records';

/** An array of small whole numbers in any dtype. */
export function numberArray(
  dtype: Dtype,
  values: readonly (number | bigint)[],
  inner: readonly number[] = [],
): NdArray {
  const data = allocate(dtype, values.length);
  values.forEach((value, index) => {
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[index] = BigInt(value);
    else data[index] = Number(value);
  });
  const width = inner.reduce((total, extent) => total * extent, 1);
  return {
    kind: 'array',
    flavor: inner.length > 0 ? 'aoesa' : 'array',
    dtype,
    shape: [values.length / width, ...inner],
    data,
    attrs: {},
  };
}

/** Complex numbers, real and imaginary parts in turns. */
export function complexArray(parts: readonly number[]): Opaque {
  const member = { type: 1, size: 8, signed: false, littleEndian: true, vlen: false };
  return {
    kind: 'opaque',
    datatype: 'array<1>{complex}',
    elementType: {
      type: 6,
      size: 16,
      signed: false,
      littleEndian: true,
      vlen: false,
      compound_type: {
        nmembers: 2,
        members: ['r', 'i'].map((name, k) => ({ ...member, name, offset: 8 * k })),
      },
    },
    elementBytes: 16,
    shape: [parts.length / 2],
    bytes: new Uint8Array(Float64Array.from(parts).buffer),
    attrs: {},
  };
}

/** A histogram over one axis of equal bins. */
export function regularHistogram(weights: readonly number[], first: number, last: number): Struct {
  const struct = (fields: Record<string, DataObject>): Struct => ({
    kind: 'struct',
    fields: new Map(Object.entries(fields)),
    attrs: {},
  });
  const real = (value: number): DataObject => ({ kind: 'scalar', value, dtype: 'float64', attrs: {} });
  const truth = (value: boolean): DataObject => ({ kind: 'scalar', value, dtype: 'bool', attrs: {} });
  const binedges = struct({
    first: real(first),
    last: real(last),
    step: real((last - first) / weights.length),
  });
  return struct({
    binning: struct({ axis_0: struct({ binedges, closedleft: truth(true) }) }),
    isdensity: truth(false),
    weights: numberArray('float64', weights),
  });
}

/** Vectors of float64 numbers. */
export function vectors(rows: readonly (readonly number[])[]): VectorOfVectors {
  let end = 0;
  return {
    kind: 'vov',
    cumulative: numberArray(
      'uint32',
      rows.map((row) => (end += row.length)),
    ),
    flattened: numberArray('float64', rows.flat()),
    attrs: {},
  };
}

/** A table of `rows` rows, the first of them row number `first`: every kind of column, values that tell their row. */
export function sampleTable(rows: number, first = 0): Table {
  const numbers = Array.from({ length: rows }, (_, k) => first + k);
  const columns = new Map<string, DataObject>([
    [
      'timestamp',
      {
        ...numberArray(
          'int64',
          numbers.map((k) => 2n ** 60n + BigInt(k)),
        ),
        attrs: { units: 'ns' },
      },
    ],
    [
      'energy',
      numberArray(
        'float32',
        numbers.map((k) => (k % 5 === 0 ? Number.NaN : k / 4)),
      ),
    ],
    [
      'flag',
      numberArray(
        'bool',
        numbers.map((k) => k % 2),
      ),
    ],
    ['hits', vectors(numbers.map((k) => Array.from({ length: k % 4 }, (_, n) => k * 10 + n)))],
    ['text', { kind: 'strings', values: numbers.map((k) => `row ${k}`), attrs: {} }],
    [
      'waveform',
      {
        kind: 'table',
        rows,
        attrs: {},
        columns: new Map<string, DataObject>([
          [
            't0',
            {
              ...numberArray(
                'float32',
                numbers.map(() => 0),
              ),
              attrs: { units: 'ns' },
            },
          ],
          [
            'dt',
            {
              ...numberArray(
                'float32',
                numbers.map(() => 16),
              ),
              attrs: { units: 'ns' },
            },
          ],
          [
            'values',
            numberArray(
              'uint16',
              numbers.flatMap((k) => [k % 65536, (k * 7) % 65536, 3]),
              [3],
            ),
          ],
        ]),
      },
    ],
  ]);
  return { kind: 'table', rows, columns, attrs: { comment: 'made for tests' } };
}
