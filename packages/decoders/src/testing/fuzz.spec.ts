import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { FormatDefinition, StreamDecoder } from '../core/decoder.js';
import { type Packing, unpack } from '../files/unpack.js';
import { standardFormats } from '../formats.js';
import { llamaFormat } from '../llama/llama.format.js';
import { concatenate } from './corrupt.js';
import { fuzzFormat } from './fuzz.js';
import { fuzzCorpus } from './fuzz-corpus.js';
import { fuzzPacked, packedContent, packedCorpus } from './fuzz-packed.js';

const formats = standardFormats();

describe('damaged files (the long run is `npx nx fuzz decoders`)', () => {
  it('has files of every format', () => {
    expect(Object.keys(fuzzCorpus).sort()).toEqual([...formats.names].sort());
  });

  it.each(formats.all)('$name: none crashes, hangs or is read beyond', { timeout: 120_000 }, (format) => {
    const corpus = fuzzCorpus[format.name]!();
    for (const file of corpus) expect(format.detect(file.subarray(0, 64))).toBe(true);
    const { rows, failures } = fuzzFormat(format, corpus, { inputs: 300 });
    expect(failures).toEqual([]);
    expect(rows).toBeGreaterThan(300);
  });
});

describe('damaged packed files', () => {
  it.each(Object.keys(packedCorpus) as Packing[])(
    '%s: rows or an error that says why',
    { timeout: 120_000 },
    async (packing) => {
      const chunks: Uint8Array[] = [];
      const whole = [packedCorpus[packing]()];
      for await (const chunk of unpack(Readable.from(whole), packing, 'input')) chunks.push(chunk.slice());
      expect(concatenate(chunks)).toEqual(packedContent());
      const { rows, failures } = await fuzzPacked(packing, { inputs: 150 });
      expect(failures).toEqual([]);
      expect(rows).toBeGreaterThan(50);
    },
  );
});

describe('fuzzFormat', () => {
  const corpus = fuzzCorpus['llama']!();

  function withPush(push: (chunk: Uint8Array, decoder: StreamDecoder) => void): FormatDefinition {
    return {
      ...llamaFormat,
      open: (options) => {
        const decoder = llamaFormat.open(options);
        const original = decoder.push.bind(decoder);
        decoder.push = (chunk) => {
          push(chunk, decoder);
          return original(chunk);
        };
        return decoder;
      },
    };
  }

  it('names the seed of a crash', () => {
    const format = withPush((chunk) => {
      if (chunk.includes(200)) throw new RangeError('out of bounds');
    });
    const { failures } = fuzzFormat(format, corpus, { first: 7, inputs: 20 });
    expect(failures[0]).toMatchObject({ kind: 'throws' });
    expect(failures[0]!.seed).toBeGreaterThanOrEqual(7);
  });

  it('notices what is read beyond a chunk', () => {
    const format = withPush((chunk, decoder) => {
      const beyond = new Uint8Array(chunk.buffer)[chunk.byteOffset + chunk.length]!;
      decoder.push = () => [];
      if (beyond > 0) decoder.finish = () => [];
    });
    expect(fuzzFormat(format, corpus, { inputs: 20 }).failures[0]).toMatchObject({ kind: 'reads-beyond' });
  });
});
