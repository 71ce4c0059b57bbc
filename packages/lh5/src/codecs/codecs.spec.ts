import type { Encoded } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { numberArray } from '../testing/sample-objects.js';
import { decodeWaveforms } from './decode.js';
import { decodeRadware, encodeRadware } from './radware.js';
import { decodeUleb128, encodeUleb128 } from './uleb128.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

function noise(length: number, amplitude: number): Int32Array {
  let seed = 99;
  return Int32Array.from({ length }, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32 - 0.5) * amplitude);
  });
}

describe('uleb128 of zig-zag of differences', () => {
  it.each([
    [[1], '02'],
    [[-1], '01'],
    [[75], '9601'],
    [[64], '8001'],
    [[3948], 'd83d'],
    [[0, 1, 0, 1], '00020102'],
    [[], ''],
  ])('codes %j as %s', (samples, code) => {
    expect(hex(encodeUleb128(samples))).toBe(code);
    const out = new Int32Array(samples.length);
    expect(decodeUleb128(fromHex(code), out)).toBe(samples.length);
    expect(Array.from(out)).toEqual(samples);
  });

  it('keeps the extremes of 32 bits', () => {
    const samples = [2 ** 31 - 1, -(2 ** 31), 0, -(2 ** 31), 2 ** 31 - 1];
    const out = new Int32Array(samples.length);
    decodeUleb128(encodeUleb128(samples), out);
    expect(Array.from(out)).toEqual(samples);
  });

  it.each([
    ['80', 'ends inside a number'],
    ['8080808080', 'more than 32 bits'],
    ['ffffffff7f', 'more than 32 bits'],
    ['000000', 'more than 2 samples'],
    ['', 'is empty'],
  ])('refuses %j: %s', (code, message) => {
    expect(() => decodeUleb128(fromHex(code), new Int32Array(2))).toThrow(message);
  });
});

describe('radware sigcompress', () => {
  it.each([
    [[7], '0001 0001 0022 0007 3e80 0000'],
    [[7, 100], '0002 0002 0022 0007 005d 0000'],
    [[0, 3, 6, 9, 12, 15], '0006 0006 0022 0000 0003 0000'],
    [[-32768, 32767, -32768, 32767], '0004 0004 0010 8000 0000 ffff 0000 ffff'],
    [new Array<number>(129).fill(5), `0081 0080 0002 0005 ${'0000'.repeat(16)} 0001 0022 0005 3e80`],
  ])('codes %j exactly', (samples, code) => {
    expect(hex(encodeRadware(samples, 0))).toBe(code.replaceAll(' ', ''));
    const out = new Int32Array(samples.length);
    expect(decodeRadware(fromHex(code), 0, out)).toBe(samples.length);
    expect(Array.from(out)).toEqual(samples);
  });

  it.each([1, 2, 47, 48, 49, 127, 128, 129, 5000, 32_767])(
    'comes back for %i samples of any noise',
    (length) => {
      for (const amplitude of [1, 6, 300, 65_535]) {
        const samples = noise(length, amplitude);
        const out = new Int32Array(length);
        expect(decodeRadware(encodeRadware(samples, 0), 0, out)).toBe(length);
        expect(out).toEqual(samples);
      }
    },
  );

  it('refuses what it cannot keep', () => {
    expect(() => encodeRadware([32_768], 0)).toThrow('one is 32768');
    expect(() => encodeRadware(new Int32Array(32_768), 0)).toThrow('at most 32767 samples');
    expect(hex(encodeRadware([65_535], -32_768))).toBe('0001000100227fff3e800000');
  });

  it.each([
    ['0001', 'ends too early'],
    ['0003 0001 0022 0007 3e80', 'ends too early'],
    ['0005 0001 0002 0001 0000', 'expected'],
    ['0002 0000 0002 0001', 'a section of 0 samples'],
    ['0002 0003 0002 0001', 'a section of 3 samples'],
    ['0002 0002 0000 0001', '0 bits'],
    ['0002 0002 0041 0001', '33 bits'],
  ])('refuses %j: %s', (code, message) => {
    expect(() => decodeRadware(fromHex(code), 0, new Int32Array(4))).toThrow(message);
  });
});

describe('decoding rows', () => {
  const encoded = (codec: string, size: number): Encoded => ({
    kind: 'encoded',
    flavor: 'aoesa',
    encoded: {
      kind: 'vov',
      cumulative: numberArray('uint32', [2, 4]),
      flattened: numberArray('uint8', [2, 0, 4, 1]),
      attrs: {},
    },
    decodedSize: { kind: 'scalar', value: size, attrs: {} },
    attrs: { codec, units: 'adc' },
  });

  it('keeps attributes but those of the codec', () => {
    expect(decodeWaveforms(encoded('uleb128_zigzag_diff', 2))).toEqual({
      ...numberArray('int32', [1, 1, 2, 1], [2]),
      attrs: { units: 'adc' },
    });
  });

  it('says what is wrong', () => {
    expect(() => decodeWaveforms(encoded('lzma', 2))).toThrow('its codec lzma is not known');
    expect(() => decodeWaveforms(encoded('uleb128_zigzag_diff', 3))).toThrow(
      'row 0 holds 2 samples where 3 are expected',
    );
    expect(() => decodeWaveforms(encoded('uleb128_zigzag_diff', 2 ** 40))).toThrow('cannot hold');
  });
});
