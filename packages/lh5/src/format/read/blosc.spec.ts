import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { shuffle } from '../shuffle.js';
import { decodeBlosc } from './blosc.js';
import { decodeSnappy } from './snappy.js';

const elementBytes = 4;
const blockBytes = 4096;

/** A chunk of Blosc: blocks of shuffled bytes, whole ones split by the bytes of an element. */
function encode(
  bytes: Uint8Array,
  codec: number,
  code: (part: Uint8Array) => Uint8Array,
): Uint8Array<ArrayBuffer> {
  const starts: number[] = [];
  const parts: Uint8Array[] = [];
  const count = Math.ceil(bytes.length / blockBytes);
  let end = 16 + 4 * count;
  for (let k = 0; k < count; k += 1) {
    const block = shuffle(bytes.subarray(k * blockBytes, (k + 1) * blockBytes), elementBytes);
    starts.push(end);
    const streams = block.length === blockBytes ? elementBytes : 1;
    for (let s = 0; s < streams; s += 1) {
      const plain = block.subarray((s * block.length) / streams, ((s + 1) * block.length) / streams);
      const coded = code(plain);
      const stored = coded.length < plain.length ? coded : plain;
      parts.push(new Uint8Array(Int32Array.of(stored.length).buffer), stored);
      end += 4 + stored.length;
    }
  }
  const head = Uint8Array.of(2, 1, 1 | (codec << 5), elementBytes);
  const words = new Uint8Array(Uint32Array.of(bytes.length, blockBytes, end, ...starts).buffer);
  return new Uint8Array(Buffer.concat([head, words, ...parts]));
}

const numbers = new Uint8Array(Int32Array.from({ length: 3000 }, (_, k) => (k * 7) % 1000).buffer);

/** Snappy with literals alone. */
function literals(bytes: Uint8Array): Uint8Array {
  const head = [
    (bytes.length & 127) | 128,
    bytes.length >> 7,
    61 << 2,
    (bytes.length - 1) & 255,
    (bytes.length - 1) >> 8,
  ];
  return Uint8Array.from([...head, ...bytes]);
}

describe('Blosc', () => {
  it('is undone with zlib inside', () => {
    const chunk = encode(numbers, 3, (part) => deflateSync(part));
    expect(chunk.length).toBeLessThan(numbers.length);
    expect(decodeBlosc(chunk, numbers.length)).toEqual(numbers);
    for (let cut = 0; cut < chunk.length; cut += 7)
      expect(() => decodeBlosc(chunk.slice(0, cut), numbers.length)).toThrow();
    expect(() => decodeBlosc(chunk, numbers.length + 4)).toThrow('are expected');
  });

  it('leaves other codecs to the library', () => {
    expect(() =>
      decodeBlosc(
        encode(numbers, 1, (part) => part),
        numbers.length,
      ),
    ).toThrow('Blosc with lz4');
  });
});

describe('Snappy', () => {
  it('is undone: literals, and copies that overlap', () => {
    expect(decodeSnappy(Uint8Array.of(8, 1 << 2, 5, 6, (2 << 2) | 1, 2), 8)).toEqual(
      Uint8Array.of(5, 6, 5, 6, 5, 6, 5, 6),
    );
    const plain = numbers.subarray(0, 1000);
    expect(decodeSnappy(literals(plain), 1000)).toEqual(plain);
  });

  it('says what is damaged', () => {
    for (const bytes of [[], [8], [8, 0, 5, 13, 9], [200, 200, 200, 200, 200, 200], [3, 0, 1]])
      expect(() => decodeSnappy(Uint8Array.from(bytes), 8)).toThrow('Snappy');
  });
});
