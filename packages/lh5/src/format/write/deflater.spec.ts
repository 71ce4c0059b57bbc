import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Deflater } from './deflater.js';

function noise(length: number, values: number, seed = 1): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 24) % values;
  });
}

/** Shuffled samples: low bytes that are noise, high bytes all the same. */
function shuffledSamples(seed: number): Uint8Array {
  const chunk = new Uint8Array(128 << 10).fill(54);
  chunk.set(noise(64 << 10, 40, seed));
  return chunk;
}

describe('Deflater', () => {
  it('gives what inflates to the same bytes, in every way', async () => {
    const deflater = new Deflater(4);
    const text = new TextEncoder().encode('the same words again and again, '.repeat(5000));
    const chunks = [noise(200_000, 256), shuffledSamples(1), text, new Uint8Array(0), noise(10, 3)];
    for (const chunk of [...chunks, ...chunks]) {
      const deflated = Buffer.concat(await deflater.deflate(chunk));
      expect(Buffer.compare(inflateSync(deflated), chunk)).toBe(0);
    }
  });

  it('keeps within three percent of the size at its level', async () => {
    const text = new TextEncoder().encode('the same words again and again, '.repeat(5000));
    for (const chunk of [shuffledSamples(2), text]) {
      const deflated = Buffer.concat(await new Deflater(4).deflate(chunk));
      expect(deflated.byteLength).toBeLessThanOrEqual(1.03 * deflateSync(chunk, { level: 4 }).byteLength);
    }
  });

  it('gives the same bytes for the same chunks, however they overlap', async () => {
    const chunks = Array.from({ length: 70 }, (_, k) =>
      k < 40 ? shuffledSamples(k) : noise(40_000, 200, k),
    );
    const together = new Deflater(4);
    const oneByOne = new Deflater(4);
    const all = await Promise.all(chunks.map((chunk) => together.deflate(chunk)));
    for (const [k, chunk] of chunks.entries())
      expect(Buffer.compare(Buffer.concat(await oneByOne.deflate(chunk)), Buffer.concat(all[k]!))).toBe(0);
  });
});
