import { DecodeError } from '@countroom/decoders';
import { codecAttributes, encodeWaveforms, type WaveformCodec } from '@countroom/lh5';
import {
  type DataObject,
  type Encoded,
  endOffset,
  type NdArray,
  rowsOf,
  type Table,
  type VectorOfVectors,
} from '@countroom/records';

/** Codecs by column path. */
export type Compression = ReadonlyMap<string, WaveformCodec>;

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

function codecOf(text: unknown, place: string): WaveformCodec {
  const [, name, shift] =
    /^(\w+)\s*(?:\(\s*(?:(?:codec_shift\s*=\s*)?([+-]?\d+(?:\.0*)?))?\s*\))?$/.exec(String(text)) ?? [];
  if (name === 'RadwareSigcompress' || name === 'radware_sigcompress')
    return { name: 'radware_sigcompress', shift: Number(shift ?? 0) };
  if ((name === 'ULEB128ZigZagDiff' || name === 'uleb128_zigzag_diff') && shift === undefined)
    return { name: 'uleb128_zigzag_diff' };
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

function encoded(column: DataObject, codec: WaveformCodec, path: string): Encoded {
  if (column.kind === 'array' && column.shape.length === 2 && holdsIntegers(column)) {
    return {
      kind: 'encoded',
      flavor: 'aoesa',
      encoded: encodeWaveforms(signed(column, codec), codec).encoded,
      decodedSize: { kind: 'scalar', value: BigInt(column.shape[1]!), dtype: 'int64', attrs: {} },
      attrs: { ...column.attrs, ...codecAttributes(codec) },
    };
  }
  if (column.kind === 'vov' && column.flattened.kind === 'array' && holdsIntegers(column.flattened)) {
    const { flattened } = column;
    return {
      kind: 'encoded',
      flavor: 'vov',
      encoded: encodeWaveforms({ ...column, flattened: signed(flattened, codec) }, codec).encoded,
      decodedSize: lengths(column),
      attrs: { ...flattened.attrs, ...column.attrs, ...codecAttributes(codec) },
    };
  }
  throw new DecodeError(
    `compression.${path}`,
    'only rows of integers of at most 32 bits can be encoded',
    'leave it out, or name the values of a waveform: waveform/values',
  );
}

function holdsIntegers({ data }: NdArray): boolean {
  return !(
    data instanceof BigInt64Array ||
    data instanceof BigUint64Array ||
    data instanceof Float32Array ||
    data instanceof Float64Array
  );
}

/** Differences of 32-bit numbers are the same with and without a sign, where they wrap around. */
function signed(values: NdArray, codec: WaveformCodec): NdArray {
  const { data } = values;
  if (!(data instanceof Uint32Array) || codec.name !== 'uleb128_zigzag_diff') return values;
  return { ...values, data: new Int32Array(data.buffer, data.byteOffset, data.length) };
}

function lengths(column: VectorOfVectors): NdArray {
  const rows = rowsOf(column);
  const data = Uint32Array.from(
    { length: rows },
    (_, row) => endOffset(column, row) - endOffset(column, row - 1),
  );
  return { kind: 'array', flavor: 'array', dtype: 'uint32', shape: [rows], data, attrs: {} };
}
