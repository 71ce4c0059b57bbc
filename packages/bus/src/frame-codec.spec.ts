import { describe, expect, it } from 'vitest';
import { encodeZ85 } from './access-control.js';
import { localAddress, longestSocketPath } from './address.js';
import { decodeFrame, encodeFrame } from './frame-codec.js';

const frame = {
  key: 'detector.rates:demo',
  topic: 'detector.rates',
  sequence: 7,
  dataAtMs: 1_700_000_000_123,
  header: { totalHz: 1.5 },
  payload: new Uint8Array([1, 2, 3]),
};
const bytes = (parts: readonly (string | Uint8Array)[]): Uint8Array[] =>
  parts.map((part) => Buffer.from(part));

describe('frame codec', () => {
  it('gives back what was put in', () => {
    const decoded = decodeFrame(bytes(encodeFrame(frame)));
    expect({ ...decoded, payload: [...decoded.payload] }).toEqual({ ...frame, payload: [1, 2, 3] });
  });

  it('says what is wrong with anything else', () => {
    const [key, header, payload] = encodeFrame(frame);
    expect(() => decodeFrame(bytes([key, header]))).toThrow(/3 parts/);
    expect(() => decodeFrame(bytes([key, '{', payload]))).toThrow(/no JSON/);
    expect(() => decodeFrame(bytes([key, '{"topic":1}', payload]))).toThrow(/wrong at topic/);
    expect(() => decodeFrame(bytes(['', header, payload]))).toThrow(/key/);
  });

  it('survives random bytes with an error', () => {
    for (let seed = 1; seed < 200; seed++) {
      const noise = (n: number): Uint8Array =>
        Uint8Array.from({ length: n }, (_, i) => (seed * 31 + i * 7919) % 251);
      expect(() => decodeFrame([noise(seed % 9), noise(seed), noise(3)])).toThrow(Error);
    }
  });
});

describe('localAddress', () => {
  it('takes the folder when the path is short enough, else the same short one every time', () => {
    const long = `/tmp/${'x'.repeat(120)}`;
    const address = localAddress(long, 'demo');
    expect(Buffer.byteLength(address.slice('ipc://'.length))).toBeLessThanOrEqual(longestSocketPath);
    expect(localAddress(long, 'demo')).toBe(address);
    expect(localAddress(`${long}y`, 'demo')).not.toBe(address);
  });

  it('gives up with a word when the name itself is too long', () => {
    expect(() => localAddress('/tmp', 'n'.repeat(120))).toThrow(/107 bytes/);
  });
});

describe('encodeZ85', () => {
  it('encodes the test word of its specification', () => {
    expect(encodeZ85(new Uint8Array([0x86, 0x4f, 0xd2, 0x6f, 0xb5, 0x59, 0xf7, 0x5b]))).toBe('HelloWorld');
  });
});
