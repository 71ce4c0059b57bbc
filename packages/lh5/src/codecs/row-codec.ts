import type { DataArray, Dtype } from '@countroom/records';
import { kernels } from '../kernels/kernels.js';
import type { WaveformCodec } from './codec.js';
import { decodeRadware, encodeRadware, mostRadwareSamples } from './radware.js';
import { decodeUleb128, encodeUleb128 } from './uleb128.js';

/** Sample types that are encoded without being converted first. */
type SampleKind = 'i16' | 'u16' | 'i32';

/** Memory behind a code that the decoder may look at. */
const slack = 32;

function aligned(address: number): number {
  return Math.ceil(address / 16) * 16;
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** Most bytes of the code of n samples. */
function mostBytes(codec: WaveformCodec, samples: number): number {
  return codec.name === 'radware_sigcompress' ? 2 * (samples + 5 * Math.ceil(samples / 48) + 4) : 5 * samples;
}

/** Samples of one row as the kernels take them. */
export type Samples = Int16Array | Uint16Array | Int32Array;

function kindOf(samples: Samples): SampleKind {
  if (samples instanceof Int16Array) return 'i16';
  return samples instanceof Uint16Array ? 'u16' : 'i32';
}

function encodePlainly(codec: WaveformCodec, samples: Samples): Uint8Array {
  return codec.name === 'radware_sigcompress' ? encodeRadware(samples, codec.shift) : encodeUleb128(samples);
}

function encodeCompiled(codec: WaveformCodec, samples: Samples): Uint8Array | undefined {
  const compiled = kernels();
  const short = codec.name === 'radware_sigcompress' ? 'radware' : 'uleb128';
  const encode = compiled?.row(`${short}_encode_${kindOf(samples)}`);
  if (compiled === undefined || encode === undefined) return undefined;
  const from = aligned(compiled.start);
  const scratch = aligned(from + samples.byteLength);
  const to = aligned(scratch + 2 * samples.length + slack);
  const memory = compiled.room(to + mostBytes(codec, samples.length) + slack);
  if (memory === undefined) return undefined;
  memory.set(bytesOf(samples), from);
  const length =
    codec.name === 'radware_sigcompress'
      ? encode(samples.length, from, codec.shift, scratch, to)
      : encode(samples.length, from, to);
  return length < 0 ? undefined : memory.subarray(to, to + length);
}

/**
 * The code of one row; it is to be copied before anything else is encoded or decoded. Throws an `Lh5Error` for samples that the
 * codec cannot hold.
 */
export function encodeRow(codec: WaveformCodec, samples: Samples): Uint8Array {
  const fits = codec.name !== 'radware_sigcompress' || samples.length <= mostRadwareSamples;
  // What the compiled form refuses, the plain one refuses with words.
  return (fits ? encodeCompiled(codec, samples) : undefined) ?? encodePlainly(codec, samples);
}

/** Number types that rows can be decoded to. */
export type DecodedDtype = Extract<Dtype, 'int32' | 'uint16' | 'int16'>;

function decodePlainly(codec: WaveformCodec, code: Uint8Array, out: DataArray): number {
  const wide = out instanceof Int32Array ? out : new Int32Array(out.length);
  const count =
    codec.name === 'radware_sigcompress' ? decodeRadware(code, codec.shift, wide) : decodeUleb128(code, wide);
  if (out instanceof Int16Array || out instanceof Uint16Array) out.set(wide);
  return count;
}

function decodeCompiled(codec: WaveformCodec, code: Uint8Array, out: Samples): number | undefined {
  const compiled = kernels();
  const short = codec.name === 'radware_sigcompress' ? 'radware' : 'uleb128';
  const decode = compiled?.row(`${short}_decode_${out instanceof Int32Array ? 'i32' : 'u16'}`);
  if (compiled === undefined || decode === undefined || code.byteLength === 0) return undefined;
  const from = aligned(compiled.start);
  const to = aligned(from + code.byteLength + slack);
  const memory = compiled.room(to + out.byteLength + slack);
  if (memory === undefined) return undefined;
  memory.set(code, from);
  const count =
    codec.name === 'radware_sigcompress'
      ? decode(code.byteLength, from, codec.shift, out.length, to)
      : decode(code.byteLength, from, out.length, to);
  if (count < 0) return undefined;
  bytesOf(out).set(memory.subarray(to, to + count * out.BYTES_PER_ELEMENT));
  return count;
}

/** Decodes one row into `out`; returns the number of samples. Throws an `Lh5Error` for a code that is damaged. */
export function decodeRow(codec: WaveformCodec, code: Uint8Array, out: Samples): number {
  return decodeCompiled(codec, code, out) ?? decodePlainly(codec, code, out);
}
