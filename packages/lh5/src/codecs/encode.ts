import {
  type DataArray,
  type Encoded,
  elementsPerRow,
  endOffset,
  type NdArray,
  rowsOf,
  type VectorOfVectors,
} from '@countroom/records';
import { Lh5Error } from '../errors.js';
import { codecAttributes, type WaveformCodec } from './codec.js';
import { encodeRow, type Samples } from './row-codec.js';

function samplesOf(data: DataArray): Samples {
  if (data instanceof Int16Array || data instanceof Uint16Array || data instanceof Int32Array) return data;
  const wide = Int32Array.from<number | bigint>(data, Number);
  const at = wide.findIndex((value, k) => value !== Number(data[k]));
  if (at >= 0)
    throw new Lh5Error(
      'argument-invalid',
      `waveform codecs take whole numbers of 32 bits; one is ${String(data[at])}`,
    );
  return wide;
}

/** Bytes that grow as rows are added. */
class CodeBuffer {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(expected: number) {
    this.#bytes = new Uint8Array(Math.max(256, expected));
  }

  add(code: Uint8Array): number {
    const end = this.#length + code.byteLength;
    if (end > this.#bytes.byteLength) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.byteLength));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(code, this.#length);
    this.#length = end;
    return end;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }
}

function numbers(dtype: 'uint8' | 'uint32', data: Uint8Array | Uint32Array): NdArray {
  return { kind: 'array', flavor: 'array', dtype, shape: [data.length], data, attrs: {} };
}

/** Ends of the rows of an object in its flat data. */
function endsOf(values: NdArray | VectorOfVectors): { ends: Uint32Array; data: NdArray } {
  const rows = rowsOf(values);
  if (values.kind === 'array') {
    const width = elementsPerRow(values.shape);
    if (values.shape.length !== 2)
      throw new Lh5Error('argument-invalid', 'waveforms to be encoded have two axes: rows and samples');
    return { ends: Uint32Array.from({ length: rows }, (_, row) => (row + 1) * width), data: values };
  }
  if (values.flattened.kind !== 'array')
    throw new Lh5Error('argument-invalid', 'waveforms to be encoded are vectors of numbers');
  const ends = Uint32Array.from({ length: rows }, (_, row) => endOffset(values, row));
  return { ends, data: values.flattened };
}

/**
 * Encodes rows of waveforms: equal-sized arrays (rows, samples) or vectors of whole numbers of at most 32 bits. Attributes stay,
 * those of the codec and `codec_dtype`, the number type of the samples, are added. Throws an `Lh5Error` for samples that the
 * codec cannot hold.
 */
export function encodeWaveforms(values: NdArray | VectorOfVectors, codec: WaveformCodec): Encoded {
  const { ends, data } = endsOf(values);
  const samples = samplesOf(data.data);
  const code = new CodeBuffer(samples.byteLength / 2);
  const codeEnds = new Uint32Array(ends.length);
  const sizes = new Uint32Array(ends.length);
  let first = 0;
  ends.forEach((end, row) => {
    codeEnds[row] = code.add(encodeRow(codec, samples.subarray(first, end)));
    sizes[row] = end - first;
    first = end;
  });
  const attrs = { ...values.attrs, ...codecAttributes(codec), codec_dtype: data.dtype };
  const flavor = values.kind === 'array' ? 'aoesa' : 'vov';
  const width = values.kind === 'array' ? elementsPerRow(values.shape) : 0;
  return {
    kind: 'encoded',
    flavor,
    encoded: {
      kind: 'vov',
      cumulative: numbers('uint32', codeEnds),
      flattened: numbers('uint8', code.finish()),
      attrs: {},
    },
    decodedSize:
      flavor === 'aoesa'
        ? { kind: 'scalar', value: width, dtype: 'uint32', attrs: {} }
        : numbers('uint32', sizes),
    ...(data.element === undefined ? {} : { element: data.element }),
    attrs,
  };
}
