import { describe, expect, it } from 'vitest';
import { simulateFcio } from '../fcio/fcio-simulation.js';
import { standardFormats } from '../formats.js';
import { concatenate } from '../testing/corrupt.js';
import { decodeStream } from './decode-stream.js';
import type { StreamDecoder } from './decoder.js';
import { recognise } from './signatures.js';

const file = concatenate(simulateFcio({ events: 10, channels: 1, samples: 8 }));

function* chunks(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('recognise', () => {
  const text = (value: string): Uint8Array => new TextEncoder().encode(value);
  it.each([
    ['fcio', file],
    ['orca', concatenate([Uint8Array.of(7, 0, 0, 0, 20, 0, 0, 0), text('<?xml version')])],
    ['orca', concatenate([Uint8Array.of(0, 0, 0, 7, 0, 0, 0, 17), text('<?xml version')])],
    [undefined, concatenate([Uint8Array.of(7, 0, 0, 0, 16, 0, 0, 0), text('<?xml version')])],
    ['llama', text('LArI....')],
    ['llama', text('LArU....')],
    ['compass', Uint8Array.of(0xed, 0xca, 0, 0)],
    [undefined, text('hello world, this is text')],
    [undefined, new Uint8Array(0)],
  ])('%s', (expected, bytes) => {
    expect(recognise(bytes)).toBe(expected);
  });
});

describe('FormatRegistry', () => {
  it('says what a file is that cannot be read', () => {
    const registry = standardFormats();
    expect(() => registry.require(new Uint8Array(0), 'a.fcio')).toThrow(/a\.fcio: the file is empty/);
    expect(() => registry.require(new Uint8Array(80), 'a.bin')).toThrow(/no known DAQ format; formats.*fcio/);
    expect(() => registry.get('nope')).toThrow(/there is no format nope; choose one of fcio/);
    expect(() => registry.register(registry.get('fcio'))).toThrow(/registered already/);
  });
});

describe('decodeStream', () => {
  it.each([1, 63, 64, 1000, 1 << 20])('detects the format and decodes chunks of %i bytes', async (size) => {
    let rows = 0;
    let decoder: StreamDecoder | undefined;
    const options = { onDecoder: (opened: StreamDecoder) => (decoder = opened) };
    for await (const { batch } of decodeStream(chunks(file, size), standardFormats(), options))
      rows += batch.rows;
    expect(rows).toBe(11);
    expect(decoder!.report().clean).toBe(true);
  });

  it('leaves the source early at a limit', async () => {
    let read = 0;
    const options = { limits: { rows: 2 }, onProgress: (bytes: number) => (read = bytes) };
    const stream = decodeStream(chunks(file, 100), standardFormats(), options);
    while (!(await stream.next()).done);
    expect(read).toBeLessThan(file.length);
  });

  it('stops by its signal', async () => {
    const stop = new AbortController();
    const stream = decodeStream(chunks(file, 100), standardFormats(), {
      signal: stop.signal,
      onProgress: () => {
        stop.abort(new Error('enough'));
      },
    });
    await expect(stream.next()).rejects.toThrow('enough');
  });

  it('fails for an empty or unknown input with the name of it', async () => {
    await expect(decodeStream([], standardFormats(), { input: 'x.fcio' }).next()).rejects.toThrow(
      /x\.fcio: the file is empty/,
    );
    await expect(decodeStream([new Uint8Array(100)], standardFormats()).next()).rejects.toThrow(
      /no known DAQ format/,
    );
  });
});
