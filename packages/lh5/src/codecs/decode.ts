import {
  type Attributes,
  allocate,
  bytesPerElement,
  type Encoded,
  endOffset,
  type NdArray,
  rowsOf,
  type VectorOfVectors,
} from '@countroom/records';
import { Lh5Error } from '../errors.js';
import { codecOf } from './codec.js';
import { type DecodedDtype, decodeRow, type Samples } from './row-codec.js';

/** The type to decode to: that of the samples before they were encoded where it is told, else int32. */
function decodedDtype({ attrs }: Encoded): DecodedDtype {
  const told = attrs['codec_dtype'];
  return told === 'uint16' || told === 'int16' ? told : 'int32';
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

/** Gives memory of so many bytes, beginning at a multiple of 8; what is in it is overwritten. */
export type MemoryForBytes = (bytes: number) => Uint8Array<ArrayBuffer>;

function samplesIn(memory: MemoryForBytes, dtype: DecodedDtype, total: number): Samples {
  const { buffer, byteOffset } = memory(total * bytesPerElement(dtype));
  if (dtype === 'int32') return new Int32Array(buffer, byteOffset, total);
  return dtype === 'int16'
    ? new Int16Array(buffer, byteOffset, total)
    : new Uint16Array(buffer, byteOffset, total);
}

/**
 * Decodes rows of waveforms, to int32 unless they tell of another type. Attributes go to the result, those of the codec are dropped. Throws an `Lh5Error`
 * for an unknown codec and for codes that are damaged or do not fit their sizes.
 */
export function decodeWaveforms(encoded: Encoded, memory?: MemoryForBytes): NdArray | VectorOfVectors {
  const rows = rowsOf(encoded);
  const codec = codecOf(encoded.attrs);
  const dtype = decodedDtype(encoded);
  const code = codeBytes(encoded);
  const sizes = sizesOf(encoded, rows);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > code.length * mostSamplesPerByte)
    throw new Lh5Error('data-inconsistent', `${code.length} bytes of code cannot hold ${total} samples`);
  const data = memory === undefined ? allocate(dtype, total) : samplesIn(memory, dtype, total);
  const ends = new Uint32Array(rows);
  let end = 0;
  sizes.forEach((size, row) => {
    const out = data.subarray(end, end + size);
    const start = endOffset(encoded.encoded, row - 1);
    const count = decodeRow(codec, code.subarray(start, endOffset(encoded.encoded, row)), out);
    if (count !== size)
      throw new Lh5Error('data-inconsistent', `row ${row} holds ${count} samples where ${size} are expected`);
    end += size;
    ends[row] = end;
  });
  const attrs = withoutCodec(encoded.attrs);
  const element = encoded.element === undefined ? {} : { element: encoded.element };
  if (encoded.flavor === 'aoesa') {
    const width = encoded.decodedSize.kind === 'scalar' ? Number(encoded.decodedSize.value) : (sizes[0] ?? 0);
    return { kind: 'array', flavor: 'aoesa', dtype, shape: [rows, width], data, ...element, attrs };
  }
  return {
    kind: 'vov',
    cumulative: { kind: 'array', flavor: 'array', dtype: 'uint32', shape: [rows], data: ends, attrs: {} },
    flattened: {
      kind: 'array',
      flavor: 'array',
      dtype,
      shape: [total],
      data,
      ...element,
      attrs: {},
    },
    attrs,
  };
}
