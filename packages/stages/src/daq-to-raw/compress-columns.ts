import { DecodeError } from '@countroom/decoders';
import { encodeRadware, encodeUleb128 } from '@countroom/lh5';
import {
  type Attributes,
  type DataArray,
  type DataObject,
  type Encoded,
  endOffset,
  type NdArray,
  rowsOf,
  type Table,
  type VectorOfVectors,
} from '@countroom/records';

/** A waveform codec with its parameters. */
interface Codec {
  readonly attrs: Attributes;
  readonly encode: (samples: ArrayLike<number>) => Uint8Array;
}

/** Codecs by column path. */
export type Compression = ReadonlyMap<string, Codec>;

/**
 * Reads the `compression` step of a `proc_spec`: `{"waveform/values": "RadwareSigcompress(codec_shift=-32768)"}`, or the
 * codecs' short names. Throws DecodeError for codecs that there are not.
 */
export function readCompression(step: unknown, place: string): Compression {
  if (step === undefined) return new Map();
  if (typeof step !== 'object' || step === null)
    throw new DecodeError(place, 'this is not an object', 'write {"path": "Codec(args)"}');
  return new Map(Object.entries(step).map(([path, text]) => [path, codecOf(text, `${place}.${path}`)]));
}

function codecOf(text: unknown, place: string): Codec {
  const [, name, shift] =
    /^(\w+)\s*(?:\(\s*(?:(?:codec_shift\s*=\s*)?([+-]?\d+(?:\.0*)?))?\s*\))?$/.exec(String(text)) ?? [];
  if (name === 'RadwareSigcompress' || name === 'radware_sigcompress') {
    const codecShift = Number(shift ?? 0);
    return {
      attrs: { codec: 'radware_sigcompress', codec_shift: codecShift },
      encode: (samples) => encodeRadware(samples, codecShift),
    };
  }
  if ((name === 'ULEB128ZigZagDiff' || name === 'uleb128_zigzag_diff') && shift === undefined)
    return { attrs: { codec: 'uleb128_zigzag_diff' }, encode: encodeUleb128 };
  throw new DecodeError(
    place,
    `there is no codec ${JSON.stringify(text)}`,
    'use RadwareSigcompress(codec_shift=…) or ULEB128ZigZagDiff()',
  );
}

/** A table with its columns encoded as asked for; columns that it does not have are given to `missing`. */
export function compressColumns(
  table: Table,
  compression: Compression,
  missing: (path: string) => void,
): Table {
  let result = table;
  for (const [path, codec] of compression) {
    const changed = replaced(result, path.split('/'), (column) => encoded(column, codec, path));
    if (changed === undefined) missing(path);
    else result = changed;
  }
  return result;
}

function replaced(
  table: Table,
  [name, ...rest]: readonly string[],
  change: (column: DataObject) => DataObject,
): Table | undefined {
  const column = table.columns.get(name ?? '');
  if (name === undefined || column === undefined) return undefined;
  const next =
    rest.length === 0 ? change(column) : column.kind === 'table' ? replaced(column, rest, change) : undefined;
  return next === undefined ? undefined : { ...table, columns: new Map(table.columns).set(name, next) };
}

function encoded(column: DataObject, codec: Codec, path: string): Encoded {
  const refuse = (): never => {
    throw new DecodeError(
      `compression.${path}`,
      'only rows of integers of at most 32 bits can be encoded',
      'leave it out, or name the values of a waveform: waveform/values',
    );
  };
  if (column.kind === 'array' && column.shape.length === 2) {
    const length = column.shape[1]!;
    const samples = integers(column.data) ?? refuse();
    const vectors = encodeRows(rowsOf(column), (row) =>
      codec.encode(samples.subarray(row * length, (row + 1) * length)),
    );
    return {
      kind: 'encoded',
      flavor: 'aoesa',
      encoded: vectors,
      decodedSize: { kind: 'scalar', value: BigInt(length), dtype: 'int64', attrs: {} },
      attrs: { ...column.attrs, ...codec.attrs },
    };
  }
  if (column.kind === 'vov' && column.flattened.kind === 'array') {
    const samples = integers(column.flattened.data) ?? refuse();
    const rows = rowsOf(column);
    const sizes = Uint32Array.from(
      { length: rows },
      (_, row) => endOffset(column, row) - endOffset(column, row - 1),
    );
    const vectors = encodeRows(rows, (row) =>
      codec.encode(samples.subarray(endOffset(column, row - 1), endOffset(column, row))),
    );
    return {
      kind: 'encoded',
      flavor: 'vov',
      encoded: vectors,
      decodedSize: plain('uint32', sizes),
      attrs: { ...column.flattened.attrs, ...column.attrs, ...codec.attrs },
    };
  }
  return refuse();
}

type Integers = Exclude<DataArray, BigInt64Array | BigUint64Array | Float32Array | Float64Array>;

function integers(data: DataArray): Integers | undefined {
  return data instanceof BigInt64Array ||
    data instanceof BigUint64Array ||
    data instanceof Float32Array ||
    data instanceof Float64Array
    ? undefined
    : data;
}

function encodeRows(rows: number, encode: (row: number) => Uint8Array): VectorOfVectors {
  const ends = new Uint32Array(rows);
  const codes: Uint8Array[] = [];
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const code = encode(row);
    codes.push(code);
    end += code.length;
    ends[row] = end;
  }
  const bytes = new Uint8Array(end);
  codes.forEach((code, row) => bytes.set(code, row === 0 ? 0 : ends[row - 1]));
  return { kind: 'vov', cumulative: plain('uint32', ends), flattened: plain('uint8', bytes), attrs: {} };
}

function plain(dtype: 'uint32' | 'uint8', data: Uint32Array | Uint8Array): NdArray {
  return { kind: 'array', flavor: 'array', dtype, shape: [data.length], data, attrs: {} };
}
