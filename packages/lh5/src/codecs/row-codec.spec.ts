import type { DataObject, NdArray } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { numberArray } from '../testing/sample-objects.js';
import { parseCodec, type WaveformCodec } from './codec.js';
import { decodeWaveforms } from './decode.js';
import { encodeWaveforms } from './encode.js';
import { decodeRadware, encodeRadware } from './radware.js';
import { decodeRow, encodeRow, type Samples } from './row-codec.js';
import { decodeUleb128, encodeUleb128 } from './uleb128.js';

const codecs: readonly WaveformCodec[] = [
  { name: 'radware_sigcompress', shift: 0 },
  { name: 'radware_sigcompress', shift: -32_768 },
  { name: 'uleb128_zigzag_diff' },
];
const types = [Int16Array, Uint16Array, Int32Array] as const;

let seed = 1;
function random(below: number): number {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}

/** Rows of every roughness: steps, ramps, noise of any width, single peaks; within 16 bits after the shift. */
function row(type: (typeof types)[number], length: number, shift: number): Samples {
  const low = type === Uint16Array ? 0 : -32_768 - Math.min(0, shift);
  const span = Math.min(32_767 - shift, type === Uint16Array ? 65_535 : 32_767) - low;
  const width = 2 ** random(17);
  const slope = random(40) - 20;
  const samples = Array.from({ length }, (_, k) => {
    const value = random(width) + slope * (k % 300) + (random(60) === 0 ? random(span) : 0);
    return low + (((value % span) + span) % span);
  });
  return type.from(samples);
}

function plainCode(codec: WaveformCodec, samples: Samples): Uint8Array {
  return codec.name === 'radware_sigcompress' ? encodeRadware(samples, codec.shift) : encodeUleb128(samples);
}

describe('compiled codecs', () => {
  it.each(codecs)('%j: the same bytes as the plain form, and back', (codec) => {
    const shift = codec.name === 'radware_sigcompress' ? codec.shift : 0;
    for (let round = 0; round < 400; round += 1) {
      const type = types[round % types.length]!;
      const length = round < 140 ? round : 1 + random(1500);
      const samples = row(type, length, shift);
      const plain = plainCode(codec, samples);
      expect(Buffer.from(encodeRow(codec, samples)).equals(plain)).toBe(true);
      const back = new type(length);
      expect(decodeRow(codec, plain, back)).toBe(length);
      expect(back).toEqual(samples);
      expect(decodeRow(codec, plain, new Int32Array(length))).toBe(length);
    }
  });

  it('say of damaged codes what the plain form says', () => {
    for (const codec of codecs) {
      const shift = codec.name === 'radware_sigcompress' ? codec.shift : 0;
      const good = plainCode(codec, row(Int16Array, 300, shift));
      for (let round = 0; round < 300; round += 1) {
        const bad = good.slice(0, round % 3 === 0 ? random(good.length) : good.length);
        for (let k = 0; k < 3 && bad.length > 0; k += 1) bad[random(bad.length)] = random(256);
        const outcome = (decode: () => unknown): unknown => {
          try {
            return decode();
          } catch (error) {
            return String(error);
          }
        };
        const [fast, slow] = [new Int32Array(300), new Int32Array(300)];
        const plain = outcome(() =>
          codec.name === 'radware_sigcompress'
            ? decodeRadware(bad, codec.shift, slow)
            : decodeUleb128(bad, slow),
        );
        expect(outcome(() => decodeRow(codec, bad, fast))).toEqual(plain);
        if (typeof plain === 'number') expect(fast).toEqual(slow);
      }
    }
  });

  it('keep extremes of 32 bits', () => {
    const samples = Int32Array.of(2 ** 31 - 1, -(2 ** 31), 0, -(2 ** 31), 2 ** 31 - 1);
    const code = encodeRow({ name: 'uleb128_zigzag_diff' }, samples).slice();
    expect(Buffer.from(code).equals(encodeUleb128(samples))).toBe(true);
    const back = new Int32Array(5);
    decodeRow({ name: 'uleb128_zigzag_diff' }, code, back);
    expect(back).toEqual(samples);
  });
});

describe('encoding rows', () => {
  const rows: NdArray = {
    ...numberArray('uint16', [1, 2, 3, 60_000, 50_000, 7], [3]),
    attrs: { units: 'adc' },
  };

  it.each(codecs.slice(1))('%j: rows come back with their type and attributes', (codec) => {
    const encoded = encodeWaveforms(rows, codec);
    expect(encoded.attrs).toMatchObject({ codec: codec.name, units: 'adc', codec_dtype: 'uint16' });
    expect(decodeWaveforms(encoded)).toEqual(rows);
    const old = { ...encoded, attrs: { codec: codec.name, codec_shift: -32_768 } };
    expect(decodeWaveforms(old)).toMatchObject({
      dtype: 'int32',
      data: Int32Array.from(rows.data as Uint16Array),
    });
  });

  it('takes vectors, rows without samples and no rows', () => {
    const vov: DataObject = {
      kind: 'vov',
      cumulative: numberArray('uint32', [2, 2, 5]),
      flattened: numberArray('int16', [5, -6, 7, 8, -9]),
      attrs: {},
    };
    for (const codec of codecs.slice(2)) expect(decodeWaveforms(encodeWaveforms(vov, codec))).toEqual(vov);
    const none = numberArray('uint16', [], [4]);
    expect(decodeWaveforms(encodeWaveforms(none, codecs[1]!))).toEqual(none);
  });

  it('says what cannot be encoded', () => {
    expect(() => encodeWaveforms(rows, { name: 'radware_sigcompress', shift: 0 })).toThrow('one is 60000');
    expect(() => encodeWaveforms(numberArray('float32', [0.5, 1], [2]), codecs[2]!)).toThrow('one is 0.5');
    expect(() => encodeWaveforms(numberArray('int16', [1]), codecs[2]!)).toThrow('two axes');
  });
});

describe('codecs in settings', () => {
  it.each([
    ['RadwareSigcompress(codec_shift=-32768)', { name: 'radware_sigcompress', shift: -32_768 }],
    ['RadwareSigcompress( codec_shift = -32768.0 )', { name: 'radware_sigcompress', shift: -32_768 }],
    ['radware_sigcompress', { name: 'radware_sigcompress', shift: 0 }],
    ['ULEB128ZigZagDiff()', { name: 'uleb128_zigzag_diff' }],
    ['uleb128_zigzag_diff', { name: 'uleb128_zigzag_diff' }],
  ])('%s', (text, codec) => {
    expect(parseCodec(text)).toEqual(codec);
  });

  it.each(['lzma', 'RadwareSigcompress(shift=x)', 'RadwareSigcompress(shift=0.5)', ''])('not %j', (text) => {
    expect(() => parseCodec(text)).toThrow('is no waveform codec');
  });
});
