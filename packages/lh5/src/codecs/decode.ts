import {
  type Attributes,
  type Encoded,
  endOffset,
  type NdArray,
  rowsOf,
  type VectorOfVectors,
} from '@countroom/records';
import { Lh5Error } from '../errors.js';
import { decodeRadware } from './radware.js';
import { decodeUleb128 } from './uleb128.js';

type RowDecoder = (code: Uint8Array, out: Int32Array) => number;

function rowDecoder(attrs: Attributes): RowDecoder {
  const { codec } = attrs;
  if (codec === 'uleb128_zigzag_diff') return decodeUleb128;
  if (codec === 'radware_sigcompress') {
    const shift = Number(attrs['codec_shift'] ?? 0);
    return (code, out) => decodeRadware(code, shift, out);
  }
  throw new Lh5Error(
    'datatype-invalid',
    `its codec ${String(codec ?? '(not named)')} is not known: read it with decode off`,
  );
}

function withoutCodec(attrs: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attrs).filter(([name]) => name !== 'codec' && !name.startsWith('codec_')),
  );
}

function codeBytes(encoded: Encoded): Uint8Array {
  const { flattened } = encoded.encoded;
  if (flattened.kind !== 'array' || !(flattened.data instanceof Uint8Array)) {
    throw new Lh5Error('data-inconsistent', 'its code is not made of bytes');
  }
  return flattened.data;
}

function sizesOf({ decodedSize }: Encoded, rows: number): number[] {
  const sizes =
    decodedSize.kind === 'array'
      ? Array.from({ length: rows }, (_, row) => Number(decodedSize.data[row] ?? 0))
      : new Array<number>(rows).fill(Number(decodedSize.value));
  const bad = sizes.find((size) => !Number.isSafeInteger(size) || size < 0);
  if (bad !== undefined) throw new Lh5Error('data-inconsistent', `a decoded size is ${bad}`);
  return sizes;
}

/** A sample takes at least this many bits in either code, which bounds what a damaged size may allocate. */
const mostSamplesPerByte = 64;

/**
 * Decodes rows of waveforms to int32. Attributes go to the result, those of the codec are dropped. Throws an `Lh5Error`
 * for an unknown codec and for codes that are damaged or do not fit their sizes.
 */
export function decodeWaveforms(encoded: Encoded): NdArray | VectorOfVectors {
  const rows = rowsOf(encoded);
  const decode = rowDecoder(encoded.attrs);
  const code = codeBytes(encoded);
  const sizes = sizesOf(encoded, rows);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > code.length * mostSamplesPerByte)
    throw new Lh5Error('data-inconsistent', `${code.length} bytes of code cannot hold ${total} samples`);
  const data = new Int32Array(total);
  const ends = new Uint32Array(rows);
  let end = 0;
  sizes.forEach((size, row) => {
    const out = data.subarray(end, end + size);
    const count = decode(
      code.subarray(endOffset(encoded.encoded, row - 1), endOffset(encoded.encoded, row)),
      out,
    );
    if (count !== size)
      throw new Lh5Error('data-inconsistent', `row ${row} holds ${count} samples where ${size} are expected`);
    end += size;
    ends[row] = end;
  });
  const attrs = withoutCodec(encoded.attrs);
  const element = encoded.element === undefined ? {} : { element: encoded.element };
  if (encoded.flavor === 'aoesa') {
    const width = encoded.decodedSize.kind === 'scalar' ? Number(encoded.decodedSize.value) : (sizes[0] ?? 0);
    return { kind: 'array', flavor: 'aoesa', dtype: 'int32', shape: [rows, width], data, ...element, attrs };
  }
  return {
    kind: 'vov',
    cumulative: { kind: 'array', flavor: 'array', dtype: 'uint32', shape: [rows], data: ends, attrs: {} },
    flattened: {
      kind: 'array',
      flavor: 'array',
      dtype: 'int32',
      shape: [total],
      data,
      ...element,
      attrs: {},
    },
    attrs,
  };
}
